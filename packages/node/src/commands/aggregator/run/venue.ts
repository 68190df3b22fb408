import type { FederatorChain, Journal, Leadership } from '@fednode/aggregator'
import type { AnchoredRound, Registry } from '@fednode/contracts'
import type { AddressText, Round } from '@fednode/protocol'

/** Where a federation is run: a Scenario on a chain, or nothing but its manifest. */
export type AggregatorVenue = {
  readonly chainId: number
  readonly scenario: AddressText
  readonly registry: Registry
  /** Absent without a chain. */
  readonly chain?: FederatorChain
  /** How it is made sure that one aggregator leads; absent without a chain: its operator sees to it. */
  chooseLeadership?(parts: { readonly journal: Journal; elapsed(): number }): Promise<Leadership>
  /** What the chain anchors, by round; nothing without one. */
  readAnchors(): Promise<ReadonlyMap<Round, AnchoredRound>>
}
