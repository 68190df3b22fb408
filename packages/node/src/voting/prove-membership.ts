import type { ChainAccount } from '@fednode/contracts'
import { type AddressText, type PeerKey, signBinding } from '@fednode/protocol'

/** By what others recognise the node of an account that has joined. */
export type MembershipProof = {
  /** ed25519 public key. */
  readonly peerKey: `0x${string}`
  /** The key's signature over the membership; see signBinding. */
  readonly binding: Uint8Array
}

/** Binds a node's key to an account that joins. @param scope - see allianceScope, taskScope. */
export function proveMembership(
  { chainId, address: account }: Pick<ChainAccount, 'chainId' | 'address'>,
  { peerKey, scope: scenario }: { readonly peerKey: PeerKey; readonly scope: AddressText },
): MembershipProof {
  return {
    peerKey: `0x${Buffer.from(peerKey.publicKey).toString('hex')}`,
    binding: signBinding({ chainId, scenario, account, peerKey }),
  }
}
