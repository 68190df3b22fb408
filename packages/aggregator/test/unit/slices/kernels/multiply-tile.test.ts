import { describe, expect, it } from 'vitest'
import { instantiate } from '../../../../src/slices/instantiate.ts'
import {
  BLOCK_BYTES,
  fusedMultiplyAdd,
  multiplyThenAdd,
  multiplyTile,
  TILE,
  TILE_BYTES,
} from '../../../../src/slices/kernels/multiply-tile.ts'
import { layOut } from '../../../../src/slices/slice-memory.ts'
import { seededValues } from '../../../support/seeded-values.ts'

describe('multiplyTile', () => {
  it('gives the same bits with one rounding as with two: products of f32 values are exact', () => {
    const { memory, at, doubles } = layOut({ rows: 2 * TILE * BLOCK_BYTES, sums: TILE_BYTES })
    const rows = doubles(at.rows, (2 * TILE * BLOCK_BYTES) / 8)
    // Of very different sizes, so that every addition rounds.
    rows.set(seededValues(1, rows.length).map((x, k) => x * 10 ** ((k % 15) - 7)))
    const sums = doubles(at.sums, TILE_BYTES / 8)
    const outcomes = [multiplyThenAdd, fusedMultiplyAdd].map((multiplyAdd) => {
      sums.fill(0)
      const run = instantiate(memory, [multiplyTile(multiplyAdd)])('multiplyTile')
      run(at.sums, at.rows, at.rows + BLOCK_BYTES, at.rows + TILE * BLOCK_BYTES)
      return [...sums]
    })
    expect(outcomes[1]).toEqual(outcomes[0])
    expect(outcomes[0]?.every((sum) => sum !== 0)).toBe(true)
  })
})
