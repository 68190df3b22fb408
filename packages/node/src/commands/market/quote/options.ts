import { required } from '../../../framework/option.ts'
import { choice } from '../../../framework/value-type.ts'
import { chainOptions } from '../../../options/chain.ts'
import { contractOptions } from '../../../options/contracts.ts'
import { directoryOptions } from '../../../options/directory.ts'
import { tradeArguments, tradeOptions } from '../../../options/trade.ts'

export const quoteArguments = {
  scenario: tradeArguments.scenario,
  side: required(choice('SIDE', ['buy', 'sell']), 'buy or sell'),
  silo: tradeArguments.silo,
  amount: tradeArguments.amount,
} as const

export const quoteOptions = {
  ...directoryOptions,
  ...chainOptions,
  ...contractOptions,
  tolerance: tradeOptions.tolerance,
} as const
