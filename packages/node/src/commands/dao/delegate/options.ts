import { optional } from '../../../framework/option.ts'
import { address } from '../../../framework/value-type.ts'
import { networkDeedOptions } from '../../../options/network-deed.ts'

export const delegateOptions = {
  to: optional(address, 'who votes with them (default: oneself)'),
  ...networkDeedOptions,
} as const
