import { type Network, type StakeAsset, type StakePosition, taskIdOf } from '@fednode/contracts'
import type { ArgsOf } from '../../framework/option.ts'
import type { positionOptions } from '../../options/network.ts'
import type { TaskName } from '../../options/task-name.ts'

const OWNER_SHIFT = 96n
const ADDRESS_DIGITS = 40

/** One position as the contracts and as people name it. */
export type StakePlace = {
  readonly stakeManager: `0x${string}`
  readonly position: StakePosition
  readonly asset: StakeAsset
  /** "validator of arena:3". */
  readonly words: string
  /** As the options take them: "--role validator --task arena:3". */
  readonly flags: string
  /** "FDN", or "gmFDN" for locked stake. */
  readonly unit: string
}

/** The position that the options name, of one operator. */
export function placeOf(
  network: Network,
  { role, task, locked }: ArgsOf<typeof positionOptions>,
  operator: `0x${string}`,
): StakePlace {
  const position = { operator, role, task: taskNumber(network, task) }
  return {
    stakeManager: network.contracts.stakeManager,
    position,
    asset: locked ? 'locked' : 'plain',
    words: positionWords(network, position),
    flags: `--role ${role} --task ${taskWords(network, position.task)}`,
    unit: locked ? 'gmFDN' : 'FDN',
  }
}

/** A task's number in the StakeManager. */
export function taskNumber({ contracts }: Network, { owner, number }: TaskName): bigint {
  const named = { arena: contracts.registry, alliance: contracts.alliance }
  const contract = owner === 'arena' || owner === 'alliance' ? named[owner] : owner
  return taskIdOf(contract, number)
}

/** The same as the options take it: arena:3. */
export function taskWords({ contracts }: Network, task: bigint): string {
  const owner = `0x${(task >> OWNER_SHIFT).toString(16).padStart(ADDRESS_DIGITS, '0')}`
  const known = { arena: contracts.registry, alliance: contracts.alliance }
  const name = Object.entries(known).find(([, address]) => address.toLowerCase() === owner)?.[0]
  return `${name ?? owner}:${BigInt.asUintN(Number(OWNER_SHIFT), task)}`
}

/** "validator of arena:3". */
export function positionWords(network: Network, { role, task }: StakePosition): string {
  return `${role} of ${taskWords(network, task)}`
}

/** What of a place --json says. */
export function placeData({ position, words, asset }: StakePlace): object {
  const { operator, role, task } = position
  return { operator: operator.toLowerCase(), role, task, position: words, asset }
}
