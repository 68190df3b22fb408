import { required } from '../framework/option.ts'
import { decimalAmount } from '../framework/value-type.ts'
import { scenarioArgument } from './target.ts'
import { tradeOptions } from './trade.ts'

/** Which pool, and how much of it. */
export const liquidityArguments = {
  scenario: scenarioArgument,
  shares: required(decimalAmount, 'pool shares (see  fednode market portfolio)'),
} as const

/** Joins and exits are protected as trades are. */
export const liquidityOptions = tradeOptions
