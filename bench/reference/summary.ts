import type { Played, Target } from './reference.ts'

/** Plays of one reference from other seeds, put together. */
export type Summary = {
  /** Mean of the plays. */
  readonly target: Target
  readonly result: number
  /** Sample standard deviation of the results; 0 of one play. */
  readonly std: number
  readonly isReached: boolean
}

/** Mean and spread over plays, and whether the mean reaches the mean target. */
export function summarise(plays: readonly Played[]): Summary {
  const results = plays.map(({ result }) => result)
  const result = meanOf(results)
  const target = meanTarget(plays)
  const squares = results.reduce((sum, each) => sum + (each - result) ** 2, 0)
  const std = plays.length < 2 ? 0 : Math.sqrt(squares / (plays.length - 1))
  return { target, result, std, isReached: isReached(target, result) }
}

function meanTarget(plays: readonly Played[]): Target {
  const [first] = plays
  const value = meanOf(plays.map(({ target }) => target.value))
  return { ...(first?.target ?? { kind: 'least' }), value }
}

function isReached(target: Target, result: number): boolean {
  switch (target.kind) {
    case 'least':
      return result >= target.value
    case 'most':
      return result <= target.value
    case 'near':
      return Math.abs(result - target.value) <= target.within
  }
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
