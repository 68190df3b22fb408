import { type ChainAccount, formatAmount, parseAmount } from '@fednode/contracts'
import { UserError } from '@fednode/protocol'

/** What somebody has at stake, and what is asked for; wei. */
export type StakeAsked = {
  readonly account: Pick<ChainAccount, 'address'>
  readonly own: bigint
  readonly least: bigint
  /** --stake as typed, in whole tokens. */
  readonly given: string | undefined
  /** In what, for the message. */
  readonly venue: 'alliance' | 'task'
}

/** @returns what has to be staked; 0 for who has enough. @throws {UserError} refused STAKE_TOO_LOW. */
export function missingStake({ account, own, least, given, venue }: StakeAsked): bigint {
  if (own >= least) return 0n
  const amount = given === undefined ? 0n : parseAmount(given)
  if (own + amount >= least) return amount
  const adding = amount === 0n ? '' : `, ${formatAmount(amount)} more with --stake`
  throw new UserError(
    'refused',
    `account ${account.address} has ${formatAmount(own)} FDN at stake in this ${venue}${adding}; whoever joins needs ${formatAmount(least)}`,
    { code: 'STAKE_TOO_LOW', hint: 'Give  --stake AMOUNT  to stake what is missing.' },
  )
}
