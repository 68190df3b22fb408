import { type ChainAccount, type DryRun, dryRun } from '@fednode/contracts'
import type { Outcome } from '../framework/command.ts'
import { countText } from '../framework/number-text.ts'

/** What a command would say of what it would have done. */
export type Foretold = { readonly data: object; readonly text: string }

/**
 * Carries a command's job out as if: its outcome and its gas, nothing is sent.
 * @param job - must use the account that it is given for everything.
 * @throws {ChainError} what the job would throw.
 */
export async function tryOut<T>(
  account: ChainAccount,
  job: (account: ChainAccount) => Promise<T>,
  foretell: (outcome: T) => Foretold,
): Promise<Outcome> {
  const dry = await dryRun(account, job)
  const { data, text } = foretell(dry.outcome)
  const { gasUsed, transactions } = dry
  return {
    data: { ...data, dryRun: true, gasUsed, transactions },
    text: `${text}\n${gasLine(dry)}\nDry run: nothing was sent.`,
  }
}

function gasLine({ gasUsed, transactions }: DryRun<unknown>): string {
  const { length } = transactions
  if (length === 0) return '  needs no transaction'
  const approvals = transactions.filter(({ approval }) => approval !== null).length
  const approving = approvals === 0 ? '' : `, ${approvals} of them for the exact allowance`
  return `  gas ${countText(gasUsed)} in ${length} ${length === 1 ? 'transaction' : 'transactions'}${approving}`
}
