import { required } from '../../../framework/option.ts'
import { choice, decimalAmount, text } from '../../../framework/value-type.ts'
import { chainOptions } from '../../../options/chain.ts'
import { contractOptions } from '../../../options/contracts.ts'
import { directoryOptions } from '../../../options/directory.ts'
import { tradeArguments, tradeOptions } from '../../../options/trade.ts'

export const quoteArguments = {
  scenario: tradeArguments.scenario,
  side: required(
    choice('SIDE', ['buy', 'sell', 'add', 'remove']),
    'buy, sell, add (liquidity) or remove (liquidity)',
  ),
  silo: required(text('SILO'), 'whose token; with add and remove also CUR'),
  amount: required(
    decimalAmount,
    'currency to spend (buy), tokens to sell or add, pool shares to give back (remove)',
  ),
} as const

export const quoteOptions = {
  ...directoryOptions,
  ...chainOptions,
  ...contractOptions,
  tolerance: tradeOptions.tolerance,
} as const
