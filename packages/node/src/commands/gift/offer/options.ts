import { amountsArgument } from '../../../claims/amounts-argument.ts'
import { required } from '../../../framework/option.ts'
import { address, integer } from '../../../framework/value-type.ts'
import { networkDeedOptions } from '../../../options/network-deed.ts'

export const offerArguments = { amounts: amountsArgument } as const
export const offerOptions = {
  token: required(address, 'token that is shared: your client token, or any other of 18 decimals'),
  days: required(integer('DAYS', 1, 365), 'days in which parts may be taken'),
  ...networkDeedOptions,
} as const
