import { required } from '../../../framework/option.ts'
import { choice, decimalAmount, filePath, integer } from '../../../framework/value-type.ts'
import { networkDeedOptions } from '../../../options/network-deed.ts'

export const openArguments = {
  spec: required(filePath(), 'document that says what is wanted; its digest is on the chain'),
} as const
export const openOptions = {
  kind: required(choice('KIND', ['data', 'model']), 'what is wanted: data, model'),
  amount: required(decimalAmount, 'FDN, held until the bounty is awarded or goes back'),
  days: required(integer('DAYS', 1, 180), 'days in which proposals are taken'),
  ...networkDeedOptions,
} as const
