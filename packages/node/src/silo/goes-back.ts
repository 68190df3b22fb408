import type { RoundOpen } from '@fednode/protocol'
import type { SiloRun } from './silo.ts'

/**
 * Whether a round was opened from another model than the one that the round before left, by the result that this silo keeps: its aggregator
 * came back with an old backup, and the rounds since would be lost (T46). Only without a chain, where nobody but the silos knows: on one,
 * the aggregator compares itself with what is anchored, and a result of a leader that was deposed need not count.
 */
export function goesBack(
  { deps, options }: Pick<SiloRun, 'deps' | 'options'>,
  { round, model }: Pick<RoundOpen, 'round' | 'model'>,
): boolean {
  const last = deps.journal.lastResult()
  if (options.manifest.chain !== 'none' || last?.round !== round - 1) return false
  return last.model.cid !== model.cid
}
