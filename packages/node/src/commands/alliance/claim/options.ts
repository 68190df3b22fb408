import { optional } from '../../../framework/option.ts'
import { address } from '../../../framework/value-type.ts'
import { networkDeedOptions } from '../../../options/network-deed.ts'

export const claimOptions = {
  member: optional(address, 'of another participant: anybody may have it paid'),
  ...networkDeedOptions,
} as const
