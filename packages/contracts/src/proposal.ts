import { type Address, encodeAbiParameters, type Hex, hexToBigInt, keccak256, toHex } from 'viem'

/** What a proposal would do: calls that the Timelock makes, and why. */
export type Proposal = {
  readonly calls: readonly {
    readonly target: Address
    readonly value: bigint
    readonly data: Hex
  }[]
  readonly description: string
}

const TYPES = [
  { type: 'address[]' },
  { type: 'uint256[]' },
  { type: 'bytes[]' },
  { type: 'bytes32' },
] as const

/** A proposal as the Dao's functions take it once it was made: targets, values, calls, hash of the description. */
export function proposalArguments({ calls, description }: Proposal) {
  return [
    calls.map(({ target }) => target),
    calls.map(({ value }) => value),
    calls.map(({ data }) => data),
    keccak256(toHex(description)),
  ] as const
}

/** The number that the Dao knows a proposal by (Governor.hashProposal). */
export function proposalId(proposal: Proposal): bigint {
  return hexToBigInt(keccak256(encodeAbiParameters(TYPES, proposalArguments(proposal))))
}
