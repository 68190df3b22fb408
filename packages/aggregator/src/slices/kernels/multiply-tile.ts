import { defineFunction, numbered, type WasmFunction } from '../../wasm/define-function.ts'
import { f64x2, i32, loadPair, repeat, v128 } from '../../wasm/instructions.ts'
import { ROW_BYTES } from '../slice-values.ts'

/** Rows on each side of a tile: nine sums and six rows fit into the sixteen registers of x64. */
export const TILE = 3
/** A tile's sums: two f64 lanes for each pair of rows. */
export const TILE_BYTES = 16 * TILE * TILE

/**
 * sums[i][j] += a_i[k] * b_j[k] over k, even k in lane 0 and odd k in lane 1, for TILE rows a (from address `a`, ROW_BYTES apart) and
 * as many rows b. A product of two f32 values is exact in f64. `end` is where a_0 ends; values come in twos.
 */
export const multiplyTile: WasmFunction = defineFunction({
  name: 'multiplyTile',
  params: { sums: 'i32', a: 'i32', end: 'i32', b: 'i32' },
  locals: { ...numbered('sum', TILE * TILE, 'v128'), ...numbered('a', TILE, 'v128'), bj: 'v128' },
  body: (local) => {
    const sums = Array.from({ length: TILE * TILE }, (_, cell) => cell)
    const rows = Array.from({ length: TILE }, (_, i) => i)
    const step = (i: number, j: number) => {
      const sum = local(`sum${TILE * i + j}`)
      return sum.set(f64x2.add(sum.get, f64x2.mul(local(`a${i}`).get, local('bj').get)))
    }
    return [
      ...sums.map((cell) => local(`sum${cell}`).set(v128.load(local('sums').get, 16 * cell))),
      repeat({ cursor: local('a'), end: local('end').get, step: 8 }, [
        ...rows.map((i) => local(`a${i}`).set(loadPair(local('a').get, i * ROW_BYTES))),
        ...rows.flatMap((j) => [
          local('bj').set(loadPair(local('b').get, j * ROW_BYTES)),
          ...rows.map((i) => step(i, j)),
        ]),
        local('b').set(i32.add(local('b').get, i32.const(8))),
      ]),
      ...sums.map((cell) => v128.store(local('sums').get, local(`sum${cell}`).get, 16 * cell)),
    ]
  },
})
