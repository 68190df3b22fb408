import { networkDeedOptions } from '../../../options/network-deed.ts'
import { proposalArgument } from '../../../options/proposal-number.ts'

export const executeArguments = { proposal: proposalArgument } as const
export const executeOptions = networkDeedOptions
