import { readFileSync } from 'node:fs'
import { encodeAbiParameters, type Hex, keccak256, zeroHash } from 'viem'
import { describe, expect, it } from 'vitest'
import { createVectors } from '../../../scripts/vectors.ts'
import { inForExactOut, outForExactIn } from '../../../src/model/swap-math.ts'

const FOLDER = new URL('../../../solidity/test/vectors/', import.meta.url)
const POOL_MATH_TEST = new URL('../../../solidity/test/fuzz/PoolMath.t.sol', import.meta.url)

describe('the vectors that forge reads', () => {
  it.each(createVectors())('$file is what the model gives', ({ file, text }) => {
    expect(readFileSync(new URL(file, FOLDER), 'utf8') === text).toBe(true)
  })

  it('leads to the amounts that PoolMath.t.sol pinned from Solidity, to the wei', () => {
    const pinned = /PINNED = (0x[0-9a-f]{64});/.exec(readFileSync(POOL_MATH_TEST, 'utf8'))?.[1]
    expect(pinnedAmounts(readRows('swaps.json'))).toBe(pinned)
  })
})

function readRows(file: string): bigint[][] {
  const { rows } = JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as { rows: string[] }
  return Array.from({ length: rows.length / 8 }, (_, i) => rows.slice(i * 8, i * 8 + 8).map(BigInt))
}

/** PoolMathDifferentialTest.test_allAmountsArePinned, with the model. */
function pinnedAmounts(rows: readonly (readonly bigint[])[]): Hex {
  let hash: Hex = zeroHash
  rows.forEach((row, at) => {
    const i = BigInt(at)
    const [
      balanceIn = 0n,
      weightIn = 0n,
      balanceOut = 0n,
      weightOut = 0n,
      amountIn = 0n,
      ,
      amountOut = 0n,
    ] = row
    const real = {
      balanceIn,
      balanceOut,
      amountIn,
      amountOut,
      fee: (i % 5n) * 3_700_000_000_000_000n,
    }
    const small = {
      balanceIn: 10n ** 9n + i * 7_919n,
      balanceOut: 10n ** 9n + i * 104_729n,
      amountIn: 10n ** 6n + i * 31n,
      amountOut: 10n ** 6n + i * 37n,
      fee: 500_000_000_000_000n + i,
    }
    for (const { fee, ...swap } of [real, small]) {
      const sides = {
        in: { balance: swap.balanceIn, weight: weightIn },
        out: { balance: swap.balanceOut, weight: weightOut },
        fee,
      }
      hash = keccak256(
        encodeAbiParameters(
          [{ type: 'bytes32' }, { type: 'uint256' }, { type: 'uint256' }],
          [hash, outForExactIn(sides, swap.amountIn), inForExactOut(sides, swap.amountOut)],
        ),
      )
    }
  })
  return hash
}
