import { defaulted, optional } from '../../../framework/option.ts'
import { address, integer, listOf, peerAddress } from '../../../framework/value-type.ts'
import { chainOptions } from '../../../options/chain.ts'
import { directoryOptions } from '../../../options/directory.ts'
import { signerOptions } from '../../../options/signer.ts'
import { scenarioArgument } from '../../../options/target.ts'

const DEFAULT_DAYS = 7
const MAX_DAYS = 366

export const inviteCreateArguments = { scenario: scenarioArgument } as const

export const inviteCreateOptions = {
  address: optional(
    listOf(peerAddress),
    'addresses of members (default: what the aggregator says on chain)',
  ),
  relay: optional(listOf(peerAddress), 'relays through which the invited can be reached'),
  expires: defaulted(integer('DAYS', 1, MAX_DAYS), DEFAULT_DAYS, 'days that it is good for'),
  for: optional(
    address,
    'for this account only, which then may register, once; others are refused by the chain where registration is not open',
  ),
  ...directoryOptions,
  ...signerOptions,
  ...chainOptions,
} as const
