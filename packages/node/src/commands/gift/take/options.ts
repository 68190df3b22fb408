import { amountsArgument } from '../../../claims/amounts-argument.ts'
import { memberOption } from '../../../claims/member-option.ts'
import { required } from '../../../framework/option.ts'
import { integer } from '../../../framework/value-type.ts'
import { networkDeedOptions } from '../../../options/network-deed.ts'

export const takeArguments = {
  gift: required(
    integer('GIFT', 1, Number.MAX_SAFE_INTEGER),
    'number of the gift (fednode gift list)',
  ),
  amounts: amountsArgument,
} as const
export const takeOptions = { member: memberOption, ...networkDeedOptions } as const
