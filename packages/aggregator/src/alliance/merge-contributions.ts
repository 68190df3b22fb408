import type { SiloName, StrategySpec, Weights } from '@fednode/protocol'
import { memorySource } from '../assessment/vector-pool.ts'
import { aggregate } from '../strategies/aggregate.ts'

/** Strategies that need nothing but the contributions: no state of a server, no counts that proposers would only claim. */
export const ALLIANCE_STRATEGIES = ['fedavg', 'median', 'trimmed-mean', 'geometric-median'] as const

/** Seats of a ballot: names in the order of their seats. */
const SEAT_DIGITS = 2

/**
 * The model that a round's contributions come to: a function of the base and of these contributions alone, so that all voters who have
 * the same vote for the same digest. Each counts alike, as in FLock's templates: how many rows stand behind one is only claimed. Sums run
 * in f64 in the order of seats, with one rounding to f32; see `aggregate`. Without contributions the base stays.
 *
 * What voters approve of is no part of it: they say so after their digests are fixed. A median or a trimmed mean is what keeps a
 * minority of hostile proposers from spoiling a round that voters could only reject as a whole.
 * @param contributions - valid ones (see decodeContribution), by seat.
 * @param localLearningRate - the manifest's.
 * @throws {AggregatorError} LENGTHS_DIFFER, UPDATE_NOT_FINITE.
 */
export async function mergeContributions(options: {
  readonly strategy: StrategySpec
  readonly base: Weights
  readonly contributions: ReadonlyMap<number, Weights>
  readonly localLearningRate: number
}): Promise<Weights> {
  const { strategy, base, contributions, localLearningRate } = options
  if (contributions.size === 0) return base
  const updates = [...contributions].map(([seat, { values }]) => ({
    ...memorySource(values),
    silo: seatName(seat),
    samples: 1,
    steps: 1,
  }))
  const input = {
    base: memorySource(base.values),
    updates,
    state: new Map(),
    localLearningRate,
    clients: updates.length,
  }
  const { values } = await aggregate(strategy, input, () => ({ write() {} }))
  return { specs: base.specs, values }
}

function seatName(seat: number): SiloName {
  // Lower-case letters and digits: a name by construction.
  return `seat-${String(seat).padStart(SEAT_DIGITS, '0')}` as SiloName
}
