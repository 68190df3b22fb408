import { networkDeedOptions } from '../../../options/network-deed.ts'

export const withdrawArguments = {} as const
export const withdrawOptions = networkDeedOptions
