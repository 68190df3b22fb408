/** Mean and variance of numbers that come one after the other. */
export type RunningMoments = {
  add(value: number): void
  count(): number
  /** 0 when there are none. */
  mean(): number
  /** Of the sample; 0 below two. */
  variance(): number
}

/** Welford's update (Welford 1962): no cancellation however many numbers. */
export function runningMoments(): RunningMoments {
  let count = 0
  let mean = 0
  let squares = 0
  return {
    add(value) {
      count++
      const from = value - mean
      mean += from / count
      squares += from * (value - mean)
    },
    count: () => count,
    mean: () => mean,
    variance: () => (count < 2 ? 0 : squares / (count - 1)),
  }
}
