/** Work that goes on beside the main work, and that ends it when it fails. */
export type Checks = {
  add(check: Promise<void>): void
  /**
   * Waits for the main work and for all checks.
   * @throws what the first check failed with, else what the main work failed with.
   */
  over(main: Promise<void>): Promise<void>
}

/** @param stop - ends the main work; called with the first failure of a check. */
export function createChecks(stop: (error: Error) => void): Checks {
  const running = new Set<Promise<void>>()
  let failure: Error | undefined

  function fail(error: unknown): void {
    if (failure !== undefined || !(error instanceof Error)) return
    failure = error
    stop(error)
  }

  return {
    add(check) {
      const settled: Promise<void> = check.catch(fail).finally(() => running.delete(settled))
      running.add(settled)
    },
    async over(main) {
      const [outcome] = await Promise.allSettled([main])
      await Promise.all(running)
      if (failure !== undefined) throw failure
      if (outcome.status === 'rejected') throw outcome.reason
    },
  }
}
