import { required } from '../../../framework/option.ts'
import { decimalAmount } from '../../../framework/value-type.ts'
import { positionOptions } from '../../../options/network.ts'
import { networkDeedOptions } from '../../../options/network-deed.ts'

export const addArguments = { amount: required(decimalAmount, 'tokens to stake') } as const
export const addOptions = { ...positionOptions, ...networkDeedOptions } as const
