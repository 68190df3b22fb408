import { optional } from '../../../framework/option.ts'
import { decimalAmount } from '../../../framework/value-type.ts'
import { networkDeedOptions } from '../../../options/network-deed.ts'

export const withdrawArguments = {
  amount: optional(decimalAmount, 'FDN to announce; without it, what was announced is paid'),
} as const
export const withdrawOptions = networkDeedOptions
