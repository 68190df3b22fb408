import { EngineError } from './errors.ts'

/** @throws {EngineError} BAD_PLAN unless a number of threads is absent or a positive integer. */
export function checkThreads(threads: number | undefined): void {
  if (threads === undefined || (Number.isSafeInteger(threads) && threads >= 1)) return
  const reason = `${threads} threads, not a positive integer`
  throw new EngineError(`Engine: ${reason}`, { code: 'BAD_PLAN', reason })
}
