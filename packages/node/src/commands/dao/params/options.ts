import { chainOptions } from '../../../options/chain.ts'
import { networkOptions } from '../../../options/network.ts'

export const paramsOptions = { ...chainOptions, ...networkOptions } as const
