import { optional, toggle } from '../../../framework/option.ts'
import { address, decimalAmount } from '../../../framework/value-type.ts'
import { positionOptions } from '../../../options/network.ts'
import { networkDeedOptions } from '../../../options/network-deed.ts'

export const withdrawArguments = {
  amount: optional(decimalAmount, 'own stake to start taking out; left out: pay what has thawed'),
} as const
export const withdrawOptions = {
  ...positionOptions,
  operator: optional(address, 'whose position, to be paid a delegation (default: own)'),
  earned: toggle('also collect what own positions earned'),
  ...networkDeedOptions,
} as const
