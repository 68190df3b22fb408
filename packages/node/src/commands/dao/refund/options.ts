import { toggle } from '../../../framework/option.ts'
import { networkDeedOptions } from '../../../options/network-deed.ts'
import { proposalArgument } from '../../../options/proposal-number.ts'

export const refundArguments = { proposal: proposalArgument } as const
export const refundOptions = {
  reward: toggle('instead, pay the reward of a proposal that was carried out'),
  ...networkDeedOptions,
} as const
