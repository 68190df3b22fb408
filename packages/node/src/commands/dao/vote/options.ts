import { required } from '../../../framework/option.ts'
import { choice } from '../../../framework/value-type.ts'
import { networkDeedOptions } from '../../../options/network-deed.ts'
import { proposalArgument } from '../../../options/proposal-number.ts'

export const voteArguments = {
  proposal: proposalArgument,
  vote: required(choice('VOTE', ['for', 'against', 'abstain']), 'for, against or abstain'),
} as const
export const voteOptions = networkDeedOptions
