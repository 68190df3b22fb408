import { createHash } from 'node:crypto'
import { type AddressText, createPeerKey, encodeCanonical, type PeerKey } from '@fednode/protocol'

/** Nothing else that a peer key signs begins like this. */
const DOMAIN = 'fednode standby peer 1'

/**
 * Peer key of a federation's standby, which only the holder of the federator's peer key can make: leader and standby know each other by it
 * without a word on chain, and are two peers on the network as long as both live.
 */
export function standbyKey(
  federator: Pick<PeerKey, 'sign'>,
  scope: { readonly chainId: number; readonly scenario: AddressText },
): PeerKey {
  const secret = federator.sign(encodeCanonical({ domain: DOMAIN, ...scope }))
  return createPeerKey(createHash('sha256').update(secret).digest())
}
