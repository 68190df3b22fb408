import {
  advanceTime,
  type ChainAccount,
  type GroupSigner,
  type Network,
  proveBeacon,
  readAlliance,
  readAllianceRound,
  readBeaconRound,
} from '../../packages/contracts/src/index.ts'

const LOOK_MS = 100

/** Whether a node says nothing, so that nobody waits for it. */
type IsSilent = (account: string) => boolean

/**
 * Lets nobody wait for the clock: goes to the end of a rest, to the beacon's round and signs it, and to the end of a phase in which only
 * silent nodes are missing. Resolves when the alliance is over.
 */
export async function keepTime(
  keeper: ChainAccount,
  { contracts }: Pick<Network, 'contracts'>,
  {
    id,
    isSilent,
    signer,
  }: { readonly id: bigint; readonly isSilent: IsSilent; readonly signer: GroupSigner },
): Promise<void> {
  const { alliance, beacon } = contracts
  for (;;) {
    const state = await readAlliance(keeper, { alliance, id })
    if (state.phase === 'finished') return
    if (state.phase === 'drawing') {
      const due = await readBeaconRound(keeper, { beacon, round: state.beaconRound })
      if (due.seed === undefined) {
        await advanceTime(keeper, BigInt(due.dueAt)).catch(() => {})
        const { point } = signer.sign(due.number)
        await proveBeacon(keeper, { beacon, round: due.round, point })
      }
    } else if (state.phase === 'idle' || (await onlySilentAreMissing(state.round))) {
      // Too late when somebody took the alliance on in the meantime: then there is nothing to wait for.
      await advanceTime(keeper, BigInt(state.until)).catch(() => {})
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  }

  async function onlySilentAreMissing(number: number): Promise<boolean> {
    const { phase } = await readAlliance(keeper, { alliance, id })
    const { proposers, voters } = await readAllianceRound(keeper, { alliance, id, round: number })
    const missing =
      phase === 'contributing'
        ? proposers.filter(({ contribution }) => contribution === undefined)
        : voters.filter(({ committed, ballot }) =>
            phase === 'committing' ? !committed : committed && ballot === undefined,
          )
    return missing.length > 0 && missing.every(({ account }) => isSilent(account))
  }
}
