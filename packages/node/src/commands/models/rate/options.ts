import { optional, required } from '../../../framework/option.ts'
import { filePath, integer } from '../../../framework/value-type.ts'
import { networkDeedOptions } from '../../../options/network-deed.ts'
import { listingArgument } from '../listing-argument.ts'

const MAX_EPOCH = 2 ** 32 - 1

export const rateArguments = {
  listing: listingArgument,
  score: required(integer('SCORE', 1, 5), '1 (bad) to 5 (good)'),
} as const
export const rateOptions = {
  epoch: optional(
    integer('EPOCH', 0, MAX_EPOCH),
    'epoch in which you paid (default: the last one that the provider redeemed)',
  ),
  review: optional(
    filePath(),
    'file with what there is to say: its SHA-256 is written to the chain',
  ),
  ...networkDeedOptions,
} as const
