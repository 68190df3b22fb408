import { createInterface } from 'node:readline/promises'
import { UserError } from '@fednode/protocol'
import type { Context } from './context.ts'

/**
 * Asks a yes-or-no question on the terminal; only "y" and "yes" are yes.
 * @param otherwise - what to type where there is no terminal to ask on.
 * @throws {UserError} NOT_CONFIRMED (refused) for no, and without a terminal.
 */
export async function confirm(
  context: Pick<Context, 'stdin' | 'stderr' | 'isTty' | 'signal'>,
  question: string,
  otherwise: string,
): Promise<void> {
  if (!context.isTty.stdin) {
    throw new UserError('refused', `${question} cannot be asked without a terminal`, {
      code: 'NOT_CONFIRMED',
      hint: otherwise,
    })
  }
  const terminal = createInterface({ input: context.stdin, terminal: false })
  try {
    context.stderr.write(`\n${question} [y/N] `)
    const answer = await terminal.question('', { signal: context.signal })
    if (/^y(es)?$/i.test(answer.trim())) return
  } finally {
    terminal.close()
  }
  throw new UserError('refused', 'not confirmed: nothing was done', { code: 'NOT_CONFIRMED' })
}
