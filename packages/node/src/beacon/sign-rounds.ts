import { setTimeout as sleep } from 'node:timers/promises'
import {
  type ChainAccount,
  type GroupSigner,
  proveBeacon,
  readBeaconRound,
  readBeaconRoundAt,
  readChainTime,
} from '@fednode/contracts'
import { FedError, type Logger } from '@fednode/protocol'

/** How often it looks whether a round is due, in ms. */
const POLL_MS = 250
/** Rounds before the present one that are looked at when it starts: a draw may wait for one of them. */
const LOOK_BACK = 20n

/** A round that was proven. */
type SignedRound = { readonly round: bigint; readonly seed: string }

/**
 * Signs every round of a beacon when it is due and brings the proof, until the signal fires: for local networks, whose group is one key.
 * What could not be brought is tried again.
 */
export async function signRounds(
  account: ChainAccount,
  {
    beacon,
    signer,
    signal,
    logger,
    onRound,
  }: {
    readonly beacon: `0x${string}`
    readonly signer: GroupSigner
    readonly signal: AbortSignal
    readonly logger: Logger
    onRound(round: SignedRound): void
  },
): Promise<void> {
  let next: bigint | undefined
  while (!signal.aborted) {
    try {
      const due = await readBeaconRoundAt(account, { beacon, at: await readChainTime(account) })
      const number = due & ((1n << 48n) - 1n)
      next ??= due - (number > LOOK_BACK ? LOOK_BACK : number - 1n)
      for (; next <= due && !signal.aborted; next += 1n) {
        const proven = await prove(account, { beacon, signer, round: next })
        if (proven !== undefined) onRound(proven)
      }
    } catch (error) {
      if (!(error instanceof FedError)) throw error
      logger.debug({ code: error.code }, 'a round of the beacon was not proven; trying again')
    }
    await sleep(POLL_MS, undefined, { signal }).catch(() => {})
  }
}

async function prove(
  account: ChainAccount,
  {
    beacon,
    signer,
    round,
  }: {
    readonly beacon: `0x${string}`
    readonly signer: GroupSigner
    readonly round: bigint
  },
): Promise<SignedRound | undefined> {
  const { seed, number } = await readBeaconRound(account, { beacon, round })
  if (seed !== undefined) return undefined
  const { point } = signer.sign(number)
  return { round, seed: (await proveBeacon(account, { beacon, round, point })).seed }
}
