import { createInterface } from 'node:readline/promises'
import type { Context } from './context.ts'

/**
 * Asks a yes-or-no question on the terminal; only "y" and "yes" are yes, a closed terminal is no.
 * @returns 'nobody' where there is no terminal to ask on, or none that shows the question.
 * @throws {Error} AbortError when the signal fires.
 */
export async function askYesNo(
  { stdin, stderr, isTty, signal }: Pick<Context, 'stdin' | 'stderr' | 'isTty' | 'signal'>,
  question: string,
): Promise<'yes' | 'no' | 'nobody'> {
  if (!isTty.stdin || !isTty.stderr) return 'nobody'
  stderr.write(`${question} [y/N] `)
  const terminal = createInterface({ input: stdin, terminal: false })
  try {
    // Ctrl-D: a question on a closed terminal would never be answered.
    const closed = new Promise<string>((resolve) => terminal.once('close', () => resolve('')))
    const answer = await Promise.race([terminal.question('', { signal }), closed])
    return /^y(es)?$/i.test(answer.trim()) ? 'yes' : 'no'
  } finally {
    terminal.close()
  }
}
