import { amountsArgument } from '../../../claims/amounts-argument.ts'
import { memberOption } from '../../../claims/member-option.ts'
import { networkDeedOptions } from '../../../options/network-deed.ts'

export const claimArguments = { amounts: amountsArgument } as const
export const claimOptions = { member: memberOption, ...networkDeedOptions } as const
