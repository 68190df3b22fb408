/** Tells those who wait that something has changed; what, they look up themselves. */
export type Changes = {
  notify(): void
  /** Resolves at the next notify(), or after `ms`. */
  wait(ms: number): Promise<void>
}

/** Nobody waits yet. */
export function createChanges(): Changes {
  const waiting = new Set<() => void>()
  return {
    notify() {
      for (const wake of [...waiting]) wake()
    },
    wait: (ms) =>
      new Promise((resolve) => {
        const timer = setTimeout(wake, ms)
        function wake(): void {
          clearTimeout(timer)
          waiting.delete(wake)
          resolve()
        }
        waiting.add(wake)
      }),
  }
}
