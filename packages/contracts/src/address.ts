import { UserError } from '@fednode/protocol'
import { type Address, getAddress } from 'viem'

const ADDRESS = /^0x[0-9a-fA-F]{40}$/

/**
 * Reads an address that a person typed or a file holds.
 * @param text - 0x and 40 hex digits; a mixed-case one must have the right checksum (EIP-55), which catches typing errors.
 * @returns the address with its checksum.
 * @throws {UserError} BAD_ADDRESS (usage).
 */
export function parseAddress(text: string): Address {
  const trimmed = text.trim()
  if (!ADDRESS.test(trimmed)) throw badAddress(trimmed, 'is not 0x and 40 hex digits')
  const digits = trimmed.slice(2)
  const isPlain = digits === digits.toLowerCase() || digits === digits.toUpperCase()
  const address = getAddress(`0x${digits.toLowerCase()}`)
  if (!isPlain && address !== trimmed) throw badAddress(trimmed, 'has a wrong checksum')
  return address
}

function badAddress(text: string, what: string): UserError {
  const SHOWN = 60
  const shown = text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text
  return new UserError('usage', `address ${JSON.stringify(shown)} ${what}`, {
    code: 'BAD_ADDRESS',
    hint: 'Copy it again, whole.',
  })
}
