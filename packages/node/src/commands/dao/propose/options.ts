import { optional, required } from '../../../framework/option.ts'
import { text } from '../../../framework/value-type.ts'
import { networkDeedOptions } from '../../../options/network-deed.ts'

export const proposeArguments = {
  parameter: required(text('PARAMETER'), 'name as in fednode dao params'),
  value: required(text('VALUE'), 'what it should be, in its unit'),
} as const
export const proposeOptions = {
  why: optional(text('TEXT'), 'what voters should know'),
  ...networkDeedOptions,
} as const
