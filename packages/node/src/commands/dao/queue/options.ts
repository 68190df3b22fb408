import { networkDeedOptions } from '../../../options/network-deed.ts'
import { proposalArgument } from '../../../options/proposal-number.ts'

export const queueArguments = { proposal: proposalArgument } as const
export const queueOptions = networkDeedOptions
