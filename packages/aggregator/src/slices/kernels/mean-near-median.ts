import {
  type Code,
  defineFunction,
  f32x4,
  f64x2,
  i32,
  loadPair,
  repeat,
  v128,
  type WasmFunction,
} from '@fednode/engine'
import { CELL_BYTES, CELL_COLUMNS } from './cells.ts'

/**
 * out[k] = the mean of the `keep` values that are nearest to the median, over `rows` sorted rows of cells; of two that are equally far
 * the smaller stays. They lie next to each other: the window begins right of every value v_i with v_{i+keep} nearer to the median.
 * Sums run in f64 from the smallest up; `out` (f32) and `cells` are addresses.
 */
export function meanNearMedian(rows: number, keep: number): WasmFunction {
  return defineFunction({
    name: 'meanNearMedian',
    params: { out: 'i32', cells: 'i32' },
    locals: { end: 'i32', sum: 'v128', median: 'v128' },
    body: (local) => {
      const value = (row: number): Code => loadPair(local('cells').get, row * CELL_BYTES)
      const median = local('median')
      const isLeft = (row: number): Code =>
        f64x2.lessThan(f64x2.sub(value(row + keep), median.get), f64x2.sub(median.get, value(row)))
      const inWindow = (row: number): Code => {
        const reached = row < keep ? value(row) : v128.and(value(row), isLeft(row - keep))
        return row + keep < rows ? v128.andNot(reached, isLeft(row)) : reached
      }
      const middle = f64x2.add(value(Math.floor((rows - 1) / 2)), value(Math.floor(rows / 2)))
      return [
        local('end').set(i32.add(local('out').get, i32.const(4 * CELL_COLUMNS))),
        repeat({ cursor: local('out'), end: local('end').get, step: 8 }, [
          median.set(f64x2.mul(middle, f64x2.constant(0.5))),
          local('sum').set(f64x2.zero),
          ...Array.from({ length: rows }, (_, row) =>
            local('sum').set(f64x2.add(local('sum').get, inWindow(row))),
          ),
          v128.storeLow(
            local('out').get,
            f32x4.demote(f64x2.div(local('sum').get, f64x2.constant(keep))),
          ),
          local('cells').set(i32.add(local('cells').get, i32.const(8))),
        ]),
      ]
    },
  })
}
