import { optional, required } from '../../../framework/option.ts'
import { address, decimalAmount } from '../../../framework/value-type.ts'
import { networkDeedOptions } from '../../../options/network-deed.ts'

export const buyArguments = { amount: required(decimalAmount, 'FDN to pay in') } as const
export const buyOptions = {
  buyer: optional(address, 'whose balance (default: your own)'),
  ...networkDeedOptions,
} as const
