import { UserError } from '@fednode/protocol'
import { askYesNo } from './ask-yes-no.ts'
import type { Context } from './context.ts'

/**
 * Goes on only after a yes.
 * @param otherwise - what to type where there is no terminal to ask on.
 * @throws {UserError} NOT_CONFIRMED (refused) for no, and without a terminal.
 */
export async function confirm(
  context: Pick<Context, 'stdin' | 'stderr' | 'isTty' | 'signal'>,
  question: string,
  otherwise: string,
): Promise<void> {
  const answer = await askYesNo(context, question)
  if (answer === 'yes') return
  const code = 'NOT_CONFIRMED'
  if (answer === 'no') throw new UserError('refused', 'not confirmed: nothing was done', { code })
  throw new UserError('refused', `"${question}" cannot be asked without a terminal`, {
    code,
    hint: otherwise,
  })
}
