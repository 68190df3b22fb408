import {
  defineFunction,
  f64x2,
  i32,
  loadPair,
  numbered,
  repeat,
  v128,
  type WasmFunction,
} from '@fednode/engine'
import { ROW_BYTES } from '../slice-values.ts'

/** Pairs of values that one turn of the loop works on. */
const PAIRS = 4

/**
 * sums[k] += weight0 * row0[k], then += weight1 * row1[k] ..., for `rows` rows at once: the sums are loaded and stored once for all.
 * `sums` (f64) and `row` (f32, the others follow ROW_BYTES apart) are addresses, `end` is where row 0 ends; values come in eights.
 */
export function addScaled(rows: number): WasmFunction {
  const row = Array.from({ length: rows }, (_, i) => i)
  const pair = Array.from({ length: PAIRS }, (_, p) => p)
  return defineFunction({
    name: `addScaled${rows}`,
    params: { sums: 'i32', row: 'i32', end: 'i32', ...numbered('weight', rows, 'f64') },
    locals: { ...numbered('scale', rows, 'v128'), ...numbered('sum', PAIRS, 'v128') },
    body: (local) => [
      ...row.map((i) => local(`scale${i}`).set(f64x2.splat(local(`weight${i}`).get))),
      repeat({ cursor: local('row'), end: local('end').get, step: 8 * PAIRS }, [
        ...pair.map((p) => local(`sum${p}`).set(v128.load(local('sums').get, 16 * p))),
        ...row.flatMap((i) =>
          pair.map((p) => {
            const values = loadPair(local('row').get, i * ROW_BYTES + 8 * p)
            const product = f64x2.mul(local(`scale${i}`).get, values)
            return local(`sum${p}`).set(f64x2.add(local(`sum${p}`).get, product))
          }),
        ),
        ...pair.map((p) => v128.store(local('sums').get, local(`sum${p}`).get, 16 * p)),
        local('sums').set(i32.add(local('sums').get, i32.const(16 * PAIRS))),
      ]),
    ],
  })
}
