import { required } from '../../../framework/option.ts'
import { integer } from '../../../framework/value-type.ts'
import { networkDeedOptions } from '../../../options/network-deed.ts'
import { bountyArgument } from '../bounty-argument.ts'

/** As the contract takes. */
const LAST_PROPOSAL = 63

export const awardArguments = {
  bounty: bountyArgument,
  proposal: required(
    integer('PROPOSAL', 0, LAST_PROPOSAL),
    'number of the proposal, as fednode bounty list shows it',
  ),
} as const
export const awardOptions = networkDeedOptions
