/** Count, mean and sum of squared deviations from the mean: statistics that pool exactly, however large the mean is. */
export type Moments = { readonly count: number; readonly mean: number; readonly squares: number }

const NOTHING: Moments = { count: 0, mean: 0, squares: 0 }

/** Gathers moments number by number, in f64 (Welford 1962). */
export function createMoments(): { add(value: number): void; moments(): Moments } {
  let count = 0
  let mean = 0
  let squares = 0
  return {
    add(value) {
      count++
      const before = value - mean
      mean += before / count
      squares += before * (value - mean)
    },
    moments: () => ({ count, mean, squares }),
  }
}

/** Moments of all numbers together, made of those of their parts, in the order given (Chan, Golub & LeVeque 1983). */
export function poolMoments(parts: readonly Moments[]): Moments {
  return parts.reduce(poolTwo, NOTHING)
}

function poolTwo(a: Moments, b: Moments): Moments {
  const count = a.count + b.count
  if (count === 0) return NOTHING
  const apart = b.mean - a.mean
  return {
    count,
    mean: a.mean + apart * (b.count / count),
    squares: a.squares + b.squares + apart * apart * a.count * (b.count / count),
  }
}
