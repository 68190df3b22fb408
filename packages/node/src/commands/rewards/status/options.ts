import { optional } from '../../../framework/option.ts'
import { filePath } from '../../../framework/value-type.ts'
import { chainOptions } from '../../../options/chain.ts'
import { networkOptions } from '../../../options/network.ts'

export const statusArguments = {
  amounts: optional(filePath(), 'a table of your own: is one of the roots made of it?'),
} as const
export const statusOptions = { ...chainOptions, ...networkOptions } as const
