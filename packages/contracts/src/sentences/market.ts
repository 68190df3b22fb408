import { formatAmount } from '../amounts.ts'
import { type RevertSentences, when } from '../revert-sentence.ts'

/** The pool, its tokens, and the currency. */
export const MARKET_SENTENCES = {
  NoMarket: { say: () => 'this federation has no market', fault: 'usage' },
  MarketOpen: { say: () => 'the market is open already' },
  MarketNotOpen: {
    say: () => 'the market is not open yet',
    hint: 'fednode market open  brings the seed currency.',
  },
  UnknownToken: { say: (v) => `the pool does not hold token ${v.token}`, fault: 'usage' },
  NothingToList: {
    say: () => 'the token of every client that takes part in the round is in the pool already',
    hint: 'Who registers late takes part from the next round on, and can be listed then.',
  },
  TokenDelisted: {
    say: (v) =>
      `the pool sells no more of token ${v.token}: the federator has taken it off the list`,
    fault: 'usage',
    hint: 'It can still be sold to the pool, and taken out in a proportional exit.',
  },
  WeightOutOfRange: {
    say: (v) =>
      `with the new token the weight of ${v.token} would be ${formatAmount(v.weight * 100n)} %, which is out of range`,
    fault: 'refused',
  },
  SameToken: { say: (v) => `token ${v.token} cannot be swapped for itself`, fault: 'usage' },
  DeadlinePassed: {
    say: (v) => `the trade was not mined by its deadline, ${when(v.deadline)}`,
    hint: 'Ask for a new quote.',
  },
  AmountTooSmall: {
    say: (v) => `the pool does not trade ${v.amount} wei; at least ${v.min} wei`,
    fault: 'usage',
  },
  AmountAboveLimit: {
    say: (v) =>
      `one trade moves at most ${formatAmount(v.max)} of this token (30 % of the pool's), not ${formatAmount(v.amount)}`,
    fault: 'usage',
    hint: 'Trade in several steps.',
  },
  BalanceBelowFloor: {
    say: (v) =>
      `the pool would have ${formatAmount(v.balance)} of token ${v.token}; it keeps at least ${formatAmount(v.floor)}`,
  },
  OutBelowMin: {
    say: (v) =>
      `the trade would give ${formatAmount(v.out)}, less than the ${formatAmount(v.min)} that you accept`,
    hint: 'The price has moved: ask for a new quote.',
  },
  InAboveMax: {
    say: (v) =>
      `the trade would take ${formatAmount(v.amount)}, more than the ${formatAmount(v.max)} that you accept`,
    hint: 'The price has moved: ask for a new quote.',
  },
  LengthMismatch: {
    say: (v) => `${v.length} limits were given for the pool's ${v.expected} tokens`,
    fault: 'usage',
  },

  DecimalsInvalid: {
    say: (v) => `the asset has ${v.decimals} decimals; only those with fewer than 18 are wrapped`,
    fault: 'usage',
    hint: 'An asset of 18 decimals is a currency as it is.',
  },
  NotAMultiple: {
    say: (v) =>
      `${formatAmount(v.amount)} cannot be unwrapped: the asset has no unit smaller than ${formatAmount(v.unit)}`,
    fault: 'usage',
    hint: 'Leave out the decimals that the asset does not have.',
  },

  AllowanceOverflow: { say: () => 'the allowance would become too large' },
  AllowanceUnderflow: { say: () => 'the allowance would fall below zero' },
  InsufficientAllowance: {
    say: () => 'the owner has not approved that many tokens',
    fault: 'usage',
    hint: 'Let the owner approve them for this account first.',
  },
  InsufficientBalance: {
    say: () => 'the owner does not have that many tokens',
    fault: 'usage',
    hint: 'fednode market portfolio  shows what you hold.',
  },
  InvalidPermit: {
    say: () => 'the permit is not signed by the owner of the tokens',
    fault: 'usage',
  },
  Permit2AllowanceIsFixedAtInfinity: { say: () => 'the allowance of Permit2 cannot be changed' },
  PermitExpired: { say: () => 'the permit has expired' },
  TotalSupplyOverflow: { say: () => 'the supply would become too large' },
} satisfies Partial<RevertSentences>
