import { StandardMerkleTree } from '@openzeppelin/merkle-tree'
import fc from 'fast-check'
import { getAddress, type Hex, pad, toHex } from 'viem'
import { describe, expect, it } from 'vitest'
import { type ClaimLine, claimTree } from '../../src/index.ts'

const CONTRACT = getAddress(`0x${'ab'.repeat(20)}`)
const accountOf = (index: number): Hex => getAddress(pad(toHex(index + 1), { size: 20 }))

const lines = fc
  .array(fc.bigInt({ min: 1n, max: 2n ** 80n }), { minLength: 1, maxLength: 40 })
  .map((amounts): ClaimLine[] =>
    amounts.map((amount, index) => ({ account: accountOf(index), amount })),
  )

describe('claimTree', () => {
  it.each([
    ['rewards', 'uint32'],
    ['gifts', 'uint256'],
  ])('has the root and the proofs of OpenZeppelin’s trees, for %s', (_, type) => {
    fc.assert(
      fc.property(lines, fc.integer({ min: 1, max: 2 ** 32 - 1 }), (all, number) => {
        const tree = claimTree({ chainId: 31_337, contract: CONTRACT, number: BigInt(number) }, all)
        const theirs = StandardMerkleTree.of(
          all.map(({ account, amount }) => [31_337n, CONTRACT, BigInt(number), account, amount]),
          ['uint256', 'address', type, 'address', 'uint96'],
        )
        expect(tree.root).toBe(theirs.root)
        expect(tree.total).toBe(all.reduce((sum, { amount }) => sum + amount, 0n))
        for (const index of all.keys()) {
          expect(tree.proofOf(index)).toEqual(theirs.getProof(index))
        }
      }),
      { numRuns: 30 },
    )
  })
})
