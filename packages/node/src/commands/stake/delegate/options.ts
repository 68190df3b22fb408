import { optional, required, toggle } from '../../../framework/option.ts'
import { address, decimalAmount } from '../../../framework/value-type.ts'
import { positionOptions } from '../../../options/network.ts'
import { networkDeedOptions } from '../../../options/network-deed.ts'

export const delegateArguments = {
  amount: optional(decimalAmount, 'tokens; left out: activate what was delegated a day ago'),
} as const
export const delegateOptions = {
  ...positionOptions,
  operator: required(address, 'whose position'),
  cancel: toggle('take back at once what is not active yet'),
  ...networkDeedOptions,
} as const
