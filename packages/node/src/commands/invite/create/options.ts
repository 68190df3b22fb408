import { defaulted, optional, required } from '../../../framework/option.ts'
import { address, listOf, peerAddress, text } from '../../../framework/value-type.ts'
import { chainOptions } from '../../../options/chain.ts'
import { directoryOptions } from '../../../options/directory.ts'
import { type Expiry, expiry } from '../../../options/expiry.ts'
import { signerOptions } from '../../../options/signer.ts'

const A_WEEK: Expiry = { kind: 'after', ms: 7 * 86_400_000 }

export const inviteCreateArguments = {
  federation: required(
    text('FEDERATION'),
    'address of its Scenario, or the manifest of a federation without a chain (chain: none)',
  ),
} as const

export const inviteCreateOptions = {
  address: optional(
    listOf(peerAddress),
    'addresses of members (default: what the aggregator says on chain, or where the one of --dir listens)',
  ),
  relay: optional(listOf(peerAddress), 'relays through which the invited can be reached'),
  expires: defaulted(
    expiry,
    A_WEEK,
    'how long it is good: 12h, 7d, a number of days, or until a moment in UTC such as 2026-12-31T18:00',
  ),
  for: optional(
    address,
    'one-time: for this account only, which the chain then lets register, once, until  invite revoke; without it, and without a chain, an invite admits nobody by itself: who may come is on chain or in the manifest',
  ),
  ...directoryOptions,
  ...signerOptions,
  ...chainOptions,
} as const
