import type { AddressText, Cid, PeerIdText } from '../ids.ts'
import type { BlobRef } from '../messages/types.ts'

/** How members are reached, and how long one may come. */
type InviteTerms = {
  /** Multiaddrs of members with /p2p/ suffix, the aggregator's first. */
  readonly addresses: readonly string[]
  /** Relays through which a newcomer can be reached. */
  readonly relays: readonly string[]
  /** Unix ms. */
  readonly expires: number
}

/** An invite to a Scenario on a chain. */
export type ChainInvite = InviteTerms & {
  readonly chainId: number
  readonly scenario: AddressText
  /** The contract that the Scenario says it comes from (T55). */
  readonly orchestrator: AddressText
  /** Only this account may use it; absent: any account that the Scenario lets register. */
  readonly account?: AddressText
}

/** An invite to a federation without a chain, whose manifest its aggregator gives to those that it names. */
export type MemberInvite = InviteTerms & {
  readonly manifest: Cid
  /** The manifest's canonical bytes as a blob. */
  readonly blob: BlobRef
}

/** Where a federation is and how its members are reached: everything that a newcomer cannot know. Nothing in it is secret. */
export type Invite = ChainInvite | MemberInvite

/** An invite as it was read: who signed it is for the reader to compare with the federator on chain, or the manifest's aggregator. */
export type SignedInvite<T extends Invite = Invite> = {
  readonly invite: T
  readonly signer: PeerIdText
  /** First eight hex digits of its hash: its name among others. */
  readonly id: string
}
