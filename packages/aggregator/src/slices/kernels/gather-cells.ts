import { defineFunction, f32x4, i32, repeat, v128, type WasmFunction } from '@fednode/engine'
import { ROW_BYTES } from '../slice-values.ts'
import { CELL_BYTES } from './cells.ts'

/**
 * Copies CELL_COLUMNS values of each row (from address `row`, ROW_BYTES apart, until `end`) to `cells`, row by row, and adds 0 * value
 * to the four f32 at `check`: they are NaN once a value was not finite.
 */
export const gatherCells: WasmFunction = defineFunction({
  name: 'gatherCells',
  params: { cells: 'i32', row: 'i32', end: 'i32', check: 'i32' },
  locals: { sum: 'v128', values: 'v128', zero: 'v128' },
  body: (local) => [
    local('sum').set(v128.load(local('check').get)),
    repeat({ cursor: local('row'), end: local('end').get, step: ROW_BYTES }, [
      ...Array.from({ length: CELL_BYTES / 16 }, (_, k) => [
        ...local('values').set(v128.load(local('row').get, 16 * k)),
        ...v128.store(local('cells').get, local('values').get, 16 * k),
        ...local('sum').set(
          f32x4.add(local('sum').get, f32x4.mul(local('values').get, local('zero').get)),
        ),
      ]),
      local('cells').set(i32.add(local('cells').get, i32.const(CELL_BYTES))),
    ]),
    v128.store(local('check').get, local('sum').get),
  ],
})
