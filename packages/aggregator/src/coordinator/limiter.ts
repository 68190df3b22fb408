/** Runs at most `most` jobs at a time, in the order they came. */
export function createLimiter(most: number): <T>(job: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = []
  let running = 0
  return async (job) => {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve))
    else running++
    try {
      return await job()
    } finally {
      const next = waiting.shift()
      // The place is handed over, not given back, so that nobody slips in between.
      if (next === undefined) running--
      else next()
    }
  }
}
