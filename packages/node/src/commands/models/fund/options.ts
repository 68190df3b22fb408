import { networkDeedOptions } from '../../../options/network-deed.ts'
import { listingArgument } from '../listing-argument.ts'

export const fundArguments = { listing: listingArgument } as const
export const fundOptions = networkDeedOptions
