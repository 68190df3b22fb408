import type { OpenRound } from '../journal/rounds.ts'
import type { JournaledUpdate } from '../journal/updates.ts'
import type { Run } from './coordinator.ts'

/** Slowest silo of the round; what a silo says of its time cannot exceed the round's. */
export function siloSeconds(
  open: OpenRound,
  updates: readonly JournaledUpdate[],
  { deps }: Run,
): { readonly train: number; readonly transfer: number } {
  const sinceOpenMs = Math.max(0, deps.now() - open.openedAt)
  const slowest = (times: readonly number[]): number => Math.max(0, ...times) / 1_000
  return {
    train: Math.min(slowest(updates.map(({ trainMs }) => trainMs)), sinceOpenMs / 1_000),
    transfer: slowest(updates.map(({ fetchMs }) => fetchMs)),
  }
}
