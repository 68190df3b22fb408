import type { AddressText, PeerIdText } from '../ids.ts'

/** Where a federation is and how its members are reached: everything that a newcomer cannot know. Nothing in it is secret. */
export type Invite = {
  readonly chainId: number
  readonly scenario: AddressText
  /** The contract that the Scenario says it comes from (T55). */
  readonly orchestrator: AddressText
  /** Multiaddrs of members with /p2p/ suffix, the aggregator's first. */
  readonly addresses: readonly string[]
  /** Relays through which a newcomer can be reached. */
  readonly relays: readonly string[]
  /** Unix ms. */
  readonly expires: number
  /** Only this account may use it; absent: any account that the Scenario lets register. */
  readonly account?: AddressText
}

/** An invite as it was read: who signed it is for the reader to compare with the federator on chain. */
export type SignedInvite = {
  readonly invite: Invite
  readonly signer: PeerIdText
  /** First eight hex digits of its hash: its name among others. */
  readonly id: string
}
