import { type Address, concat, encodeAbiParameters, type Hex, keccak256 } from 'viem'

/** Where leaves count: a root of rewards by its epoch, a gift by its number (IMerkleRewards, IDelegatorGifts). */
export type ClaimPlace = {
  readonly chainId: number
  readonly contract: Address
  readonly number: bigint
}

/** What an account gets. @property amount - in wei. */
export type ClaimLine = { readonly account: Address; readonly amount: bigint }

/** Who gets how much, as contracts take it. */
export type ClaimTree = {
  readonly root: Hex
  /** wei. */
  readonly total: bigint
  /** By the index of a line: siblings from below. */
  proofOf(index: number): readonly Hex[]
}

const LEAF = ['uint256', 'address', 'uint256', 'address', 'uint256'].map((type) => ({ type }))

/**
 * The tree of OpenZeppelin's merkle-tree 1.0 (StandardMerkleTree): leaves hashed twice, sorted, pairs hashed the smaller first, in an array
 * whose node i has the children 2 i + 1 and 2 i + 2.
 * @param lines - at least one, no account twice.
 */
export function claimTree(place: ClaimPlace, lines: readonly ClaimLine[]): ClaimTree {
  const leaves = lines.map((line) => leafOf(place, line))
  const sorted = [...leaves].sort()
  const nodes: Hex[] = Array.from({ length: 2 * sorted.length - 1 })
  for (const [index, leaf] of sorted.entries()) nodes[nodes.length - 1 - index] = leaf
  for (let index = sorted.length - 2; index >= 0; index -= 1) {
    nodes[index] = pairOf(at(nodes, 2 * index + 1), at(nodes, 2 * index + 2))
  }
  const places = new Map(sorted.map((leaf, index) => [leaf, nodes.length - 1 - index]))
  return {
    root: at(nodes, 0),
    total: lines.reduce((sum, { amount }) => sum + amount, 0n),
    proofOf(index) {
      const proof: Hex[] = []
      const leaf = leaves[index]
      let node = leaf === undefined ? 0 : (places.get(leaf) ?? 0)
      for (; node > 0; node = Math.floor((node - 1) / 2)) {
        proof.push(at(nodes, node % 2 === 1 ? node + 1 : node - 1))
      }
      return proof
    },
  }
}

function leafOf({ chainId, contract, number }: ClaimPlace, { account, amount }: ClaimLine): Hex {
  const values = [BigInt(chainId), contract, number, account, amount]
  return keccak256(keccak256(encodeAbiParameters(LEAF, values)))
}

function pairOf(a: Hex, b: Hex): Hex {
  return keccak256(concat(a < b ? [a, b] : [b, a]))
}

function at(nodes: readonly Hex[], index: number): Hex {
  const node = nodes[index]
  if (node === undefined)
    throw new RangeError(`a tree of ${nodes.length} nodes has no node ${index}`)
  return node
}
