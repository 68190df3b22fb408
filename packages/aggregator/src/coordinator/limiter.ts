/** Runs a job when its turn has come and there is room for its bytes. */
export type Limiter = <T>(bytes: number, job: () => Promise<T>) => Promise<T>

/** Runs jobs in the order they came, at most so many and so many bytes of them at a time; one that is larger than all runs alone. */
export function createLimiter(most: { readonly jobs: number; readonly bytes: number }): Limiter {
  const waiting: { readonly bytes: number; start(): void }[] = []
  let jobs = 0
  let bytes = 0

  function startNext(): void {
    for (let next = waiting[0]; next !== undefined; next = waiting[0]) {
      const fits = jobs < most.jobs && bytes + next.bytes <= most.bytes
      if (jobs > 0 && !fits) return
      waiting.shift()
      jobs++
      bytes += next.bytes
      next.start()
    }
  }

  return async (size, job) => {
    await new Promise<void>((start) => {
      waiting.push({ bytes: size, start })
      startNext()
    })
    try {
      return await job()
    } finally {
      jobs--
      bytes -= size
      startNext()
    }
  }
}
