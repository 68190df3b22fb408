import { optional, required } from '../framework/option.ts'
import { decimalAmount, text } from '../framework/value-type.ts'
import { scenarioArgument } from './target.ts'
import { tradeOptions } from './trade.ts'

/** What is brought into a pool. */
export const addLiquidityArguments = {
  scenario: scenarioArgument,
  amount: required(decimalAmount, 'pool shares to get; with --token, how many of it to bring'),
} as const

/** What is taken out of a pool. */
export const removeLiquidityArguments = {
  scenario: scenarioArgument,
  amount: required(decimalAmount, 'pool shares to give back (see  fednode market portfolio)'),
} as const

/** Joins and exits are protected as trades are. */
export const liquidityOptions = {
  ...tradeOptions,
  token: optional(text('CUR|SILO'), "only this token: CUR or a silo's name (default: all of them)"),
} as const
