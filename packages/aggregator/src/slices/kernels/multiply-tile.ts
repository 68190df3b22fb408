import {
  type Code,
  defineFunction,
  f64x2,
  i32,
  numbered,
  repeat,
  v128,
  type WasmFunction,
} from '@fednode/engine'

/** Values of all rows that are multiplied before the next ones, as f64: they stay in the second-level cache. */
export const BLOCK_VALUES = 256
/** Bytes from one row of a block to the next. */
export const BLOCK_BYTES = 8 * BLOCK_VALUES
/** Rows on each side of a tile: nine sums and six rows fit into the sixteen registers of x64. */
export const TILE = 3
/** A tile's sums: two f64 lanes for each pair of rows. */
export const TILE_BYTES = 16 * TILE * TILE

/** How a product is added to a sum. */
export type MultiplyAdd = (a: Code, b: Code, sum: Code) => Code

/** Two instructions, two roundings; the product of two f32 values is exact, so that only the sum is rounded. */
export const multiplyThenAdd: MultiplyAdd = (a, b, sum) => f64x2.add(f64x2.mul(a, b), sum)

/** One instruction where the processor has it, otherwise two: the same bits either way, since the product is exact. */
export const fusedMultiplyAdd: MultiplyAdd = f64x2.relaxedMultiplyAdd

/**
 * sums[i][j] += a_i[k] * b_j[k] over k, even k in lane 0 and odd k in lane 1, for TILE rows a (f64, from address `a`, BLOCK_BYTES
 * apart) and as many rows b. `end` is where a_0 ends; values come in twos.
 */
export function multiplyTile(multiplyAdd: MultiplyAdd): WasmFunction {
  const sums = Array.from({ length: TILE * TILE }, (_, cell) => cell)
  const rows = Array.from({ length: TILE }, (_, i) => i)
  return defineFunction({
    name: 'multiplyTile',
    params: { sums: 'i32', a: 'i32', end: 'i32', b: 'i32' },
    locals: { ...numbered('sum', TILE * TILE, 'v128'), ...numbered('a', TILE, 'v128'), bj: 'v128' },
    body: (local) => {
      const step = (i: number, j: number): Code => {
        const sum = local(`sum${TILE * i + j}`)
        return sum.set(multiplyAdd(local(`a${i}`).get, local('bj').get, sum.get))
      }
      return [
        ...sums.map((cell) => local(`sum${cell}`).set(v128.load(local('sums').get, 16 * cell))),
        repeat({ cursor: local('a'), end: local('end').get, step: 16 }, [
          ...rows.map((i) => local(`a${i}`).set(v128.load(local('a').get, i * BLOCK_BYTES))),
          ...rows.flatMap((j) => [
            local('bj').set(v128.load(local('b').get, j * BLOCK_BYTES)),
            ...rows.map((i) => step(i, j)),
          ]),
          local('b').set(i32.add(local('b').get, i32.const(16))),
        ]),
        ...sums.map((cell) => v128.store(local('sums').get, local(`sum${cell}`).get, 16 * cell)),
      ]
    },
  })
}
