import type { ValueSource } from '../strategies/types.ts'
import { instantiate } from './instantiate.ts'
import { change } from './kernels/change.ts'
import { multiplyTile, TILE, TILE_BYTES } from './kernels/multiply-tile.ts'
import { layOut } from './slice-memory.ts'
import { ROW_BYTES } from './slice-values.ts'

/** Values of all rows that are multiplied before the next ones: they stay in the second-level cache. */
const BLOCK_VALUES = 1_024

/** One vector of a Gram matrix: f32(factor * (source - base) + carry * history), or the source itself without `change`. */
export type GramRow = { readonly source: ValueSource; readonly change?: Change }

/** How a silo's change enters its row; without `history` nothing is carried. */
export type Change = {
  readonly factor: number
  readonly carry: number
  readonly history?: ValueSource
}

/** Inner products of vectors, slice by slice. */
export type GramBuilder = {
  /** Adds the share of one slice to all products. @returns the rows' values, valid until the next call. */
  readonly addSlice: (start: number, count: number) => (row: number) => Float32Array
  /** <row i, row j>: exact products of f32 values, summed in f64: slice by slice, in each even and odd values apart. */
  readonly product: (i: number, j: number) => number
}

/** Builds the Gram matrix of `rows`. */
export function createGram(rows: readonly GramRow[], base: ValueSource): GramBuilder {
  const tiles = createTiles(rows.length)
  const { at, floats, kernel } = tiles
  const read = ({ source, change: how }: GramRow, address: number, slice: Slice): void => {
    const row = floats(address, slice.count)
    source.read(slice.start, row)
    if (how === undefined) return
    const history = floats(at.history, slice.count)
    if (how.history === undefined) history.fill(0)
    else how.history.read(slice.start, history)
    const end = address + 8 * Math.ceil(slice.count / 2)
    kernel('change')(address, end, at.base, at.history, how.factor, how.carry)
  }
  return {
    addSlice: (start, count) => {
      base.read(start, floats(at.base, count))
      rows.forEach((row, i) => {
        read(row, tiles.rowAt(i), { start, count })
        // The kernels take values in twos.
        if (count % 2 === 1) floats(tiles.rowAt(i), count + 1)[count] = 0
      })
      tiles.multiply(count)
      return (row) => floats(tiles.rowAt(row), count)
    },
    product: tiles.product,
  }
}

type Slice = { readonly start: number; readonly count: number }

/** Rows in memory, padded with zeros to whole tiles, and the sums of all tiles on or above the diagonal. */
function createTiles(rows: number) {
  const blocks = Math.ceil(rows / TILE)
  const tiles = (blocks * (blocks + 1)) / 2
  const { memory, at, floats, doubles } = layOut({
    rows: blocks * TILE * ROW_BYTES,
    base: ROW_BYTES,
    history: ROW_BYTES,
    sums: tiles * TILE_BYTES,
  })
  const kernel = instantiate(memory, [change, multiplyTile])
  const products = new Float64Array(tiles * TILE * TILE)
  const sums = doubles(at.sums, 2 * products.length)
  const multiplyBlock = (offset: number, bytes: number): void => {
    let sum = at.sums
    for (let i = 0; i < blocks; i++) {
      const a = at.rows + i * TILE * ROW_BYTES + offset
      for (let j = i; j < blocks; j++) {
        kernel('multiplyTile')(sum, a, a + bytes, at.rows + j * TILE * ROW_BYTES + offset)
        sum += TILE_BYTES
      }
    }
  }
  return {
    at,
    floats,
    kernel,
    rowAt: (row: number): number => at.rows + row * ROW_BYTES,
    multiply: (count: number): void => {
      sums.fill(0)
      for (let value = 0; value < count; value += BLOCK_VALUES) {
        multiplyBlock(4 * value, 8 * Math.ceil(Math.min(BLOCK_VALUES, count - value) / 2))
      }
      for (let k = 0; k < products.length; k++)
        products[k] = (products[k] ?? 0) + ((sums[2 * k] ?? 0) + (sums[2 * k + 1] ?? 0))
    },
    product: (i: number, j: number): number => {
      const [first, second] = i <= j ? [i, j] : [j, i]
      const [blockI, blockJ] = [Math.floor(first / TILE), Math.floor(second / TILE)]
      const tile = blockI * blocks - (blockI * (blockI - 1)) / 2 + (blockJ - blockI)
      return products[TILE * (TILE * tile + (first % TILE)) + (second % TILE)] ?? 0
    },
  }
}
