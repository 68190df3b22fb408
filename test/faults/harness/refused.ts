import type { CliProcess } from './cli-process.ts'
import { FaultError } from './fault-error.ts'

const END_MS = 30_000

/**
 * Waits until a process refuses to go on: with an exit code that is no bug (docs/exit-codes.md), and with words that name what is wrong.
 * @throws {FaultError} WRONG_OUTCOME when it ends otherwise; FAULT_TIMEOUT when it does not end.
 */
export async function refused(one: CliProcess, words: RegExp): Promise<void> {
  const { code, signal } = await one.ended(END_MS)
  const said = one.lastWords()
  if (code !== null && code > 1 && words.test(said)) return
  const how = signal ?? `exit ${code}`
  throw new FaultError(`${one.name} was to refuse with ${words}: ${how}: ${said}`, {
    code: 'WRONG_OUTCOME',
  })
}
