import { createHash } from 'node:crypto'
import { type AddressText, encodeCanonical, type PeerKey, type Round } from '@fednode/protocol'

/** Nothing else that a peer key signs begins like this. */
const DOMAIN = 'fednode round randomness 1'

/** Which round's secret. */
export type RevealScope = {
  readonly chainId: number
  readonly scenario: AddressText
  readonly round: Round
  /** Hash of the block that the round opens with. */
  readonly block: Uint8Array
}

/**
 * The secret of a round, 32 bytes: the hash of a deterministic signature (RFC 8032) that is never shown. Nobody can tell it without the
 * federator's peer key, and whoever holds that key can tell it again: a round that one aggregator opened is continued by the next one
 * with the same commitment (T4).
 */
export function deriveReveal(peerKey: Pick<PeerKey, 'sign'>, scope: RevealScope): Uint8Array {
  const bytes = encodeCanonical({ domain: DOMAIN, ...scope })
  return Uint8Array.from(createHash('sha256').update(peerKey.sign(bytes)).digest())
}
