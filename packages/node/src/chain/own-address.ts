import type { ChainAccount } from '@fednode/contracts'

/** The account's address as every command prints it: lower-case. */
export function ownAddress({ address }: ChainAccount): `0x${string}` {
  return `0x${address.slice(2).toLowerCase()}`
}
