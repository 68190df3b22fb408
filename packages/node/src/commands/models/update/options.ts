import { optional } from '../../../framework/option.ts'
import { choice, decimalAmount } from '../../../framework/value-type.ts'
import { networkDeedOptions } from '../../../options/network-deed.ts'
import { listingArgument } from '../listing-argument.ts'

export const updateArguments = { listing: listingArgument } as const
export const updateOptions = {
  price: optional(decimalAmount, 'FDN for the prediction of one row, from now on'),
  sales: optional(choice('STATE', ['open', 'closed']), 'whether it is sold: open, closed'),
  ...networkDeedOptions,
} as const
