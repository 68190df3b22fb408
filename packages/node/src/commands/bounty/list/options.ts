import { toggle } from '../../../framework/option.ts'
import { chainOptions } from '../../../options/chain.ts'
import { networkOptions } from '../../../options/network.ts'

export const listArguments = {} as const
export const listOptions = {
  open: toggle('only those that take proposals or wait for their award'),
  ...chainOptions,
  ...networkOptions,
} as const
