import { toggle } from '../../../framework/option.ts'
import { networkDeedOptions } from '../../../options/network-deed.ts'
import { proposalArgument } from '../../../options/proposal-number.ts'

export const flagArguments = { proposal: proposalArgument } as const
export const flagOptions = {
  end: toggle('end the vote early: more than half called it a scam'),
  ...networkDeedOptions,
} as const
