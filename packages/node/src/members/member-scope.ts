import { type AddressText, type Cid, digestOfCid } from '@fednode/protocol'

/** Chain id of federations that have no chain; no chain has it (EIP-155). */
export const NO_CHAIN_ID = 0
const ADDRESS_DIGITS = 40

/** What the messages of one federation are bound to (T3). */
type MemberScope = { readonly chainId: typeof NO_CHAIN_ID; readonly scenario: AddressText }

/**
 * The scope of a federation without a chain: in place of a Scenario's address the last 20 bytes of its manifest's digest, so that two
 * manifests never share a scope.
 */
export function memberScope(manifest: Cid): MemberScope {
  return { chainId: NO_CHAIN_ID, scenario: `0x${digestOfCid(manifest).slice(-ADDRESS_DIGITS)}` }
}
