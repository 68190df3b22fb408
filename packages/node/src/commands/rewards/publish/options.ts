import { amountsArgument } from '../../../claims/amounts-argument.ts'
import { networkDeedOptions } from '../../../options/network-deed.ts'

export const publishArguments = { amounts: amountsArgument } as const
export const publishOptions = networkDeedOptions
