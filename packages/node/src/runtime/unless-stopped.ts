/**
 * Waits for one step of a start, but not longer than nobody stops us. What the step began may go on; its result is dropped.
 * @throws {Error} the signal's reason, once it fires or when it had fired before.
 */
export async function unlessStopped<T>(signal: AbortSignal, step: () => Promise<T>): Promise<T> {
  signal.throwIfAborted()
  const { promise: stopped, reject } = Promise.withResolvers<never>()
  const stop = (): void => reject(signal.reason)
  signal.addEventListener('abort', stop, { once: true })
  try {
    return await Promise.race([step(), stopped])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
