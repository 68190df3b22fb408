import {
  type ArenaPurse,
  advanceTime,
  ChainError,
  claimAlliance,
  claimArena,
  closeTask,
  readAllianceMoney,
  readBlockTime,
  readPurse,
  readTask,
  readVotes,
  refundAlliance,
  sweepStake,
} from '@fednode/contracts'
import { tasksOf } from './govern.ts'
import type { NetworkCast } from './network-cast.ts'

/** Longer than what nodes of the arena earned takes to vest: arena.vesting is 30 days at first. */
const VESTING = 31n * 86_400n

/** What came back, and where what was taken went; wei. */
export type NetworkSettlement = {
  /** What of the arena's earnings was waiting for the task's end, by name. */
  readonly locked: ReadonlyMap<string, bigint>
  /** Left of the alliance's pool, of the task's pot. */
  readonly poolLeft: bigint
  readonly potLeft: bigint
  readonly burned: bigint
  readonly toTreasury: bigint
}

/**
 * What happens when every round is over: the clock is moved until everything has vested, what nobody has claimed yet is claimed, what
 * nobody earned goes back, and what was taken is burned or goes to the treasury.
 */
export async function settleNetwork(
  cast: NetworkCast,
  { id }: { readonly id: bigint },
): Promise<NetworkSettlement> {
  const { founder, network, nodes } = cast
  const { registry, alliance, stakeManager } = network.contracts
  const { arena: task } = tasksOf(cast)
  const members = nodes.filter(({ role }) => role !== 'alliance')
  const purseOf = (member: `0x${string}`): Promise<ArenaPurse> =>
    readPurse(founder, { registry, task, member })
  const locked = new Map<string, bigint>()
  for (const { name, account } of members) {
    locked.set(name, (await purseOf(account.address)).locked)
  }
  await advanceTime(founder, (await readBlockTime(founder)) + VESTING)
  for (const { account } of members) {
    const { due } = await purseOf(account.address)
    if (due > 0n) await claimArena(founder, { registry, task, member: account.address })
  }
  const potLeft = (await readTask(founder, { registry, task }))?.pot ?? 0n
  await closeTask(founder, { registry, task })
  const poolLeft = await refundPool(cast, { alliance, id })
  const { burned, toTreasury } = await sweepStake(founder, { stakeManager })
  return { locked, poolLeft, potLeft, burned, toTreasury }
}

/** @returns what nobody earned; rounding may leave a wei of it in the contract. */
async function refundPool(
  { founder, network, nodes }: NetworkCast,
  place: { readonly alliance: `0x${string}`; readonly id: bigint },
): Promise<bigint> {
  const { token, timelock } = network.contracts
  const moneyOf = (account: `0x${string}`) => readAllianceMoney(founder, { ...place, account })
  for (const { account } of nodes) {
    const { earned } = await moneyOf(account.address)
    if (earned > 0n) await claimAlliance(founder, { ...place, owner: account.address })
  }
  const { balance } = await readVotes(founder, { token, account: place.alliance })
  // The treasury stands for the emission.
  for (const funder of balance === 0n ? [] : [founder.address, timelock]) {
    const { funded } = await moneyOf(funder)
    if (funded > 0n) await refundAlliance(founder, { ...place, funder }).catch(refuseUnlessDust)
  }
  return balance
}

/** Of a few wei somebody's part is none. */
function refuseUnlessDust(error: unknown): void {
  if (!(error instanceof ChainError) || error.code !== 'NOTHING_OWED') throw error
}
