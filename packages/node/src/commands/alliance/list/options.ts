import { defaulted, toggle } from '../../../framework/option.ts'
import { integer } from '../../../framework/value-type.ts'
import { chainOptions } from '../../../options/chain.ts'
import { networkOptions } from '../../../options/network.ts'

const MAX_LISTED = 1_000

export const listArguments = {} as const
export const listOptions = {
  open: toggle('only those that are not over'),
  last: defaulted(integer('N', 1, MAX_LISTED), 20, 'at most so many, the latest ones'),
  ...chainOptions,
  ...networkOptions,
} as const
