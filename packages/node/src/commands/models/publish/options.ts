import { optional, required } from '../../../framework/option.ts'
import { address, decimalAmount, integer } from '../../../framework/value-type.ts'
import { modelArguments, modelOptions } from '../../../options/model.ts'
import { networkDeedOptions } from '../../../options/network-deed.ts'

export const publishArguments = modelArguments
export const publishOptions = {
  price: required(decimalAmount, 'FDN for the prediction of one row'),
  pot: optional(address, 'Scenario whose next round has a part of the revenue'),
  potBps: optional(integer('BPS', 1, 10_000), 'that part, in ten-thousandths of the revenue'),
  ...modelOptions,
  ...networkDeedOptions,
} as const
