import { LocalError } from './local-error.ts'

/** What is known of a run so far, and a way to wait for what is not. */
export type RunState<Progress, Event> = {
  progress(): Progress
  apply(event: Event): void
  /** Ends every wait with this error, now and later; the first one counts. */
  fail(error: unknown): void
  /** Rejects with what `fail` was called with; never resolves. */
  readonly failed: Promise<never>
  /**
   * Resolves as soon as `holds` is true.
   * @param what - for the message when it takes longer than `seconds`.
   * @throws {LocalError} LOCAL_TIMEOUT, and what `fail` was called with.
   */
  until(what: string, seconds: number, holds: (progress: Progress) => boolean): Promise<void>
}

/** @param options - `advance` makes what is known after one more event; `onChange` is called after every event. */
export function createRunState<Progress, Event>(options: {
  readonly initial: Progress
  readonly advance: (progress: Progress, event: Event) => Progress
  readonly onChange: (progress: Progress, event: Event) => void
}): RunState<Progress, Event> {
  let progress = options.initial
  let failure: { readonly error: unknown } | undefined
  const waits = new Set<() => void>()
  const ending = Promise.withResolvers<never>()
  // Whoever races it sees the error; nobody may be racing it any more when a process ends.
  ending.promise.catch(() => {})
  const wake = (): void => {
    for (const look of [...waits]) look()
  }
  return {
    progress: () => progress,
    apply: (event) => {
      progress = options.advance(progress, event)
      options.onChange(progress, event)
      wake()
    },
    failed: ending.promise,
    fail: (error) => {
      failure ??= { error }
      ending.reject(failure.error)
      wake()
    },
    until: (what, seconds, holds) => {
      const { promise, resolve, reject } = Promise.withResolvers<void>()
      const timer = setTimeout(() => reject(timedOut(what, seconds)), seconds * 1000)
      const look = (): void => {
        if (failure !== undefined) reject(failure.error)
        else if (holds(progress)) resolve()
      }
      waits.add(look)
      look()
      return promise.finally(() => {
        clearTimeout(timer)
        waits.delete(look)
      })
    },
  }
}

function timedOut(what: string, seconds: number): LocalError {
  return new LocalError(`${what}: nothing came in ${seconds} s`, {
    code: 'LOCAL_TIMEOUT',
    waitedFor: what,
    seconds,
  })
}
