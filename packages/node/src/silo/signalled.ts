/** A value that changes, and a way to sleep until it does. */
export type Signalled<T> = {
  get(): T
  set(next: T): void
  /** Resolves at the next change, after `timeoutMs`, or when `signal` fires; never rejects. */
  changed(options: { readonly timeoutMs: number; readonly signal: AbortSignal }): Promise<void>
}

export function createSignalled<T>(initial: T): Signalled<T> {
  let value = initial
  let waiters: (() => void)[] = []
  return {
    get: () => value,
    set(next) {
      if (Object.is(next, value)) return
      value = next
      const woken = waiters
      waiters = []
      for (const wake of woken) wake()
    },
    changed: ({ timeoutMs, signal }) =>
      new Promise((resolve) => {
        const wake = (): void => {
          clearTimeout(timer)
          signal.removeEventListener('abort', wake)
          waiters = waiters.filter((waiter) => waiter !== wake)
          resolve()
        }
        const timer = setTimeout(wake, timeoutMs)
        waiters.push(wake)
        if (signal.aborted) wake()
        else signal.addEventListener('abort', wake)
      }),
  }
}
