import { networkDeedOptions } from '../../../options/network-deed.ts'

export const activateArguments = {} as const
export const activateOptions = networkDeedOptions
