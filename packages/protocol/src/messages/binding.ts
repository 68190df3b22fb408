import { encodeCanonical } from '../codec/canonical.ts'
import { verifyEd25519 } from '../ed25519.ts'
import type { AddressText } from '../ids.ts'
import type { PeerKey } from '../peer-key.ts'
import { signedBytes } from './signed-bytes.ts'

const DOMAIN = 'binding'

/** One membership: this account, in this Scenario, on this chain. Addresses in any letter case. */
export type Membership = {
  readonly chainId: number
  readonly scenario: AddressText
  readonly account: AddressText
}

/**
 * The peer key's half of the two-way binding between a peer and an EVM account (T2); the account's half is the registering transaction.
 * @returns 64 bytes, the `binding` of Scenario.register.
 */
export function signBinding(options: Membership & { readonly peerKey: PeerKey }): Uint8Array {
  return options.peerKey.sign(bindingBytes(options))
}

/** Whether `binding` is the signature of `publicKey` (32 bytes) over this membership. Never throws on what a chain event holds. */
export function verifyBinding(
  options: Membership & { readonly publicKey: Uint8Array; readonly binding: Uint8Array },
): boolean {
  return verifyEd25519(options.publicKey, bindingBytes(options), options.binding)
}

function bindingBytes({ chainId, scenario, account }: Membership): Uint8Array {
  const fields = {
    chainId,
    scenario: scenario.toLowerCase(),
    account: account.toLowerCase(),
  }
  return signedBytes(DOMAIN, encodeCanonical(fields))
}
