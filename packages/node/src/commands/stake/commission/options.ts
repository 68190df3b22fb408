import { required } from '../../../framework/option.ts'
import { integer } from '../../../framework/value-type.ts'
import { positionOptions } from '../../../options/network.ts'
import { networkDeedOptions } from '../../../options/network-deed.ts'

const MAX_COMMISSION_BPS = 5_000
const { role, task } = positionOptions

export const commissionArguments = {
  bps: required(integer('BPS', 0, MAX_COMMISSION_BPS), 'part of 10,000 that the operator keeps'),
} as const
export const commissionOptions = { role, task, ...networkDeedOptions } as const
