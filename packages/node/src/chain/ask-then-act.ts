import type { ChainAccount } from '@fednode/contracts'
import { cleanText } from '../framework/clean-line.ts'
import type { Outcome } from '../framework/command.ts'
import { confirm } from '../framework/confirm.ts'
import type { Context } from '../framework/context.ts'
import { requireGasMoney } from './require-gas-money.ts'
import { type Foretold, tryOut } from './try-out.ts'

/** Something that costs money: what it will mean, the question whether to, and doing it. */
export type Deed = {
  readonly foretold: Foretold
  readonly question: string
  /** Must use the account that it is given: in a dry run that is another one. */
  act(account: ChainAccount): Promise<Outcome>
}

/** What every such command is told. */
export type DeedOptions = { readonly dir: string; readonly dryRun: boolean; readonly yes: boolean }

/**
 * Shows a deed and asks before it is done; with --dry-run it is only tried out.
 * @throws {UserError} NO_GAS_MONEY (chain), NOT_CONFIRMED (refused); what `act` throws.
 */
export async function askThenAct(
  account: ChainAccount,
  deed: Deed,
  about: { readonly options: DeedOptions; readonly context: Context },
): Promise<Outcome> {
  const { options, context } = about
  const { foretold, question, act } = deed
  if (options.dryRun) return tryOut(account, act, () => foretold)
  await requireGasMoney(account, options.dir)
  if (!options.yes) {
    context.stderr.write(`${cleanText(foretold.text)}\n`)
    await confirm(context, question, 'Add  --yes  to do it, or  --dry-run  to look.')
  }
  return act(account)
}
