import { optional, required } from '../../../framework/option.ts'
import { address, decimalAmount } from '../../../framework/value-type.ts'
import { positionOptions } from '../../../options/network.ts'
import { networkDeedOptions } from '../../../options/network-deed.ts'

export const undelegateArguments = {
  amount: optional(decimalAmount, 'tokens, at their present worth; left out: all'),
} as const
export const undelegateOptions = {
  ...positionOptions,
  operator: required(address, 'whose position'),
  ...networkDeedOptions,
} as const
