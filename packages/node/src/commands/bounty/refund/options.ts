import { networkDeedOptions } from '../../../options/network-deed.ts'
import { bountyArgument } from '../bounty-argument.ts'

export const refundArguments = { bounty: bountyArgument } as const
export const refundOptions = networkDeedOptions
