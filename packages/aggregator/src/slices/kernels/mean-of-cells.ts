import {
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
 * out[k] = f32((0 + cells_0[k] + cells_1[k] + ...) / count) over `count` rows of cells from address `cells`, summed in f64 in this
 * order; `out` (f32) is the address of CELL_COLUMNS values.
 */
export function meanOfCells(count: number): WasmFunction {
  const rows = Array.from({ length: count }, (_, row) => row)
  return defineFunction({
    name: 'meanOfCells',
    params: { out: 'i32', cells: 'i32' },
    locals: { end: 'i32', sum: 'v128' },
    body: (local) => [
      local('end').set(i32.add(local('out').get, i32.const(4 * CELL_COLUMNS))),
      repeat({ cursor: local('out'), end: local('end').get, step: 8 }, [
        local('sum').set(f64x2.zero),
        ...rows.map((row) =>
          local('sum').set(
            f64x2.add(local('sum').get, loadPair(local('cells').get, row * CELL_BYTES)),
          ),
        ),
        v128.storeLow(
          local('out').get,
          f32x4.demote(f64x2.div(local('sum').get, f64x2.constant(count))),
        ),
        local('cells').set(i32.add(local('cells').get, i32.const(8))),
      ]),
    ],
  })
}
