import { required } from '../../../framework/option.ts'
import { decimalAmount } from '../../../framework/value-type.ts'
import { networkDeedOptions } from '../../../options/network-deed.ts'

export const fundArguments = {
  amount: required(decimalAmount, 'FDN; they leave by claims only'),
} as const
export const fundOptions = networkDeedOptions
