import { createHash } from 'node:crypto'
import type { AddressText } from '../ids.ts'

const ADDRESS_DIGITS = 40

/**
 * What connections and bindings of one alliance are bound to in place of a Scenario's address (T3): the last 20 bytes of SHA-256 over its
 * contract and its number there, so that nobody is taken for a member of another alliance.
 * @param alliance - the contract, in any letter case.
 */
export function allianceScope(alliance: AddressText, id: bigint): AddressText {
  const text = `fednode/alliance-scope/1\n${alliance.toLowerCase()}\n${id}`
  return `0x${createHash('sha256').update(text).digest('hex').slice(-ADDRESS_DIGITS)}`
}
