import type { Outcome } from './estimator.ts'
import { runningMoments } from './running-moments.ts'

/** One draw says nothing of its error. */
const MIN_DRAWS = 2
/** Draws before a standard error may end an estimation. */
const MIN_STOPPING_DRAWS = 10

/** Means of vectors that come one after the other, and how sure they are. */
export type RunningMeans = {
  add(draw: ArrayLike<number>): void
  means(): readonly number[]
  /** Means, and sample deviations over the root of the number of draws; nothing below two draws. */
  outcome(): Outcome | undefined
  /** Standard errors, once there are enough draws for an estimation to end by them. */
  stopping(): { readonly standardErrors?: () => readonly number[] }
}

export function runningMeans(length: number): RunningMeans {
  const parts = Array.from({ length }, runningMoments)
  let draws = 0
  const standardErrors = (): number[] =>
    parts.map((part) => Math.sqrt(part.variance() / Math.max(draws, 1)))
  return {
    add(draw) {
      draws++
      parts.forEach((part, i) => {
        part.add(draw[i] ?? 0)
      })
    },
    means: () => parts.map((part) => part.mean()),
    outcome: () =>
      draws < MIN_DRAWS
        ? undefined
        : { values: parts.map((part) => part.mean()), standardErrors: standardErrors() },
    stopping: () => (draws < MIN_STOPPING_DRAWS ? {} : { standardErrors }),
  }
}
