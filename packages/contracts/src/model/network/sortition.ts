import { encodeAbiParameters, type Hex, hexToBigInt, keccak256, parseAbiParameters } from 'viem'

const WORD = 256n
const TICKET = parseAbiParameters('bytes32 seed, uint256 k')
const SEED = parseAbiParameters(
  'bytes32 beacon, uint256 chainId, address contract, uint256 task, uint256 round, bytes32 role',
)

/** What a draw is bound to. */
export type DrawTerms = {
  /** What the beacon's round came to. */
  readonly beacon: Hex
  readonly chainId: bigint
  /** The contract that draws. */
  readonly contract: Hex
  readonly task: bigint
  readonly round: bigint
  readonly role: Hex
}

/** Sortition.seedOf: the seed of one draw, of one role, of one round, of one task. */
export function drawSeed({ beacon, chainId, contract, task, round, role }: DrawTerms): Hex {
  return keccak256(encodeAbiParameters(SEED, [beacon, chainId, contract, task, round, role]))
}

/**
 * Sortition.draw: candidates by weight, without putting them back, in the order in which they come; fewer than `count` when no weight is
 * left. Walks along the weights where the contract descends a tree of their sums.
 * @returns indices into `weights`.
 */
export function drawByWeight(weights: readonly bigint[], seed: Hex, count: number): number[] {
  const left = [...weights]
  const drawn: number[] = []
  while (drawn.length < count) {
    const total = left.reduce((sum, weight) => sum + weight, 0n)
    if (total === 0n) break
    const index = holderOf(left, ticketOf(seed, drawn.length, total))
    left[index] = 0n
    drawn.push(index)
  }
  return drawn
}

/** 0 to `total` - 1, by the upper half of a product: what a remainder would favour is not favoured. */
function ticketOf(seed: Hex, k: number, total: bigint): bigint {
  const random = hexToBigInt(keccak256(encodeAbiParameters(TICKET, [seed, BigInt(k)])))
  return (random * total) >> WORD
}

function holderOf(weights: readonly bigint[], ticket: bigint): number {
  let below = 0n
  return weights.findIndex((weight) => {
    below += weight
    return ticket < below
  })
}
