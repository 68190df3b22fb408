import { chainOptions } from '../../../options/chain.ts'
import { networkOptions } from '../../../options/network.ts'

export const listArguments = {} as const
export const listOptions = { ...chainOptions, ...networkOptions } as const
