import { runningMoments } from './running-moments.ts'

/** Draws before a standard error is worth looking at. */
const MIN_DRAWS = 10

/** Means of vectors that come one after the other, and how sure they are. */
export type RunningMeans = {
  add(draw: ArrayLike<number>): void
  means(): readonly number[]
  /** Sample deviation over the root of the number of draws; 0 below two. */
  standardErrors(): readonly number[]
  /** standardErrors, once there are enough draws for an estimation to end by them. */
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
    standardErrors,
    stopping: () => (draws < MIN_DRAWS ? {} : { standardErrors }),
  }
}
