import type { RoundValue } from './silo-values.ts'

/** Rounds on either side that are compared, where there are that many. */
const WINDOW = 3
/** A smaller change of the mean share is called steady: as a part of the earlier mean, and in parts of the pot. */
const RELATIVE_CHANGE = 0.1
const ABSOLUTE_CHANGE = 0.01

/** Where a silo's share of the pots is heading. */
export type Trend = {
  readonly direction: 'rising' | 'falling' | 'steady'
  /** Mean share of the last rounds and of those before, 0 to 1. */
  readonly last: number
  readonly before: number
  /** How many rounds each of the two means is of. */
  readonly rounds: number
}

/**
 * Compares the mean share of a silo's last three rounds with that of the three before (of fewer, where there are fewer than six);
 * undefined below two. Rising or falling is what changed by more than a tenth and by more than one hundredth of the pot. Shares are
 * compared and not values: as a model gets better there is less to add, and everybody's values shrink. Rounds that paid nobody, and
 * rounds without this silo, do not count.
 */
export function trendOf(rounds: readonly RoundValue[]): Trend | undefined {
  const shares = rounds.filter(({ value, paid }) => value !== null && paid)
  const size = Math.min(WINDOW, Math.floor(shares.length / 2))
  if (size === 0) return undefined
  const last = meanShare(shares.slice(-size))
  const before = meanShare(shares.slice(-2 * size, -size))
  return { direction: directionOf(last - before, before), last, before, rounds: size }
}

function directionOf(change: number, before: number): Trend['direction'] {
  if (Math.abs(change) <= Math.max(ABSOLUTE_CHANGE, RELATIVE_CHANGE * before)) return 'steady'
  return change > 0 ? 'rising' : 'falling'
}

function meanShare(rounds: readonly RoundValue[]): number {
  return rounds.reduce((sum, { share }) => sum + share, 0) / rounds.length
}
