import { encodeModule, type WasmFunction, WebAssembly } from '@fednode/engine'
import type { ValueSource } from '../strategies/types.ts'
import { instantiate } from './instantiate.ts'
import { change } from './kernels/change.ts'
import {
  BLOCK_BYTES,
  BLOCK_VALUES,
  fusedMultiplyAdd,
  multiplyThenAdd,
  multiplyTile,
  TILE,
  TILE_BYTES,
} from './kernels/multiply-tile.ts'
import { widen } from './kernels/widen.ts'
import { layOut } from './slice-memory.ts'
import { ROW_BYTES } from './slice-values.ts'

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

/** Engines without relaxed SIMD (Node.js 20) take two instructions. */
function fastestTile(): WasmFunction {
  const fused = multiplyTile(fusedMultiplyAdd)
  return WebAssembly.validate(encodeModule([fused])) ? fused : multiplyTile(multiplyThenAdd)
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
    block: blocks * TILE * BLOCK_BYTES,
    sums: tiles * TILE_BYTES,
  })
  const kernel = instantiate(memory, [change, widen, fastestTile()])
  const [widenRow, multiply] = [kernel('widen'), kernel('multiplyTile')]
  const products = new Float64Array(tiles * TILE * TILE)
  const sums = doubles(at.sums, 2 * products.length)
  const rowAt = (row: number): number => at.rows + row * ROW_BYTES
  const multiplyBlock = (offset: number, values: number): void => {
    for (let row = 0; row < rows; row++) {
      const address = rowAt(row) + offset
      widenRow(address, address + 4 * values, at.block + row * BLOCK_BYTES)
    }
    let sum = at.sums
    for (let i = 0; i < blocks; i++) {
      const a = at.block + i * TILE * BLOCK_BYTES
      for (let j = i; j < blocks; j++) {
        multiply(sum, a, a + 8 * values, at.block + j * TILE * BLOCK_BYTES)
        sum += TILE_BYTES
      }
    }
  }
  return {
    at,
    floats,
    kernel,
    rowAt,
    multiply: (count: number): void => {
      sums.fill(0)
      for (let value = 0; value < count; value += BLOCK_VALUES) {
        multiplyBlock(4 * value, 2 * Math.ceil(Math.min(BLOCK_VALUES, count - value) / 2))
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
