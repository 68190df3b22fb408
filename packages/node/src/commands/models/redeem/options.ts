import { networkDeedOptions } from '../../../options/network-deed.ts'

export const redeemArguments = {} as const
export const redeemOptions = networkDeedOptions
