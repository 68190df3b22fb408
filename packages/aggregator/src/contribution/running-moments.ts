import { createMoments } from '@fednode/protocol'

/** Mean and variance of numbers that come one after the other. */
export type RunningMoments = {
  add(value: number): void
  count(): number
  /** 0 when there are none. */
  mean(): number
  /** Of the sample; 0 below two. */
  variance(): number
}

/** Moments with the figures that estimators ask for. */
export function runningMoments(): RunningMoments {
  const { add, moments } = createMoments()
  return {
    add,
    count: () => moments().count,
    mean: () => moments().mean,
    variance() {
      const { count, squares } = moments()
      return count < 2 ? 0 : squares / (count - 1)
    },
  }
}
