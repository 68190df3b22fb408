import { networkDeedOptions } from '../../../options/network-deed.ts'

export const revokeArguments = {} as const
export const revokeOptions = networkDeedOptions
