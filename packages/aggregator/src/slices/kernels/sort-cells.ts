import { defineFunction, f32x4, i32, repeat, v128, type WasmFunction } from '@fednode/engine'
import { CELL_BYTES } from './cells.ts'

/** Bytes of one comparator in memory: two offsets into the cells. */
export const COMPARATOR_BYTES = 8

/**
 * Runs comparators on rows of cells, in all columns at once: the smaller values go to the first row, the larger to the second.
 * `comparators` is the address of pairs of i32 byte offsets from `cells`, `end` is where they end.
 */
export const sortCells: WasmFunction = defineFunction({
  name: 'sortCells',
  params: { cells: 'i32', comparators: 'i32', end: 'i32' },
  locals: { first: 'i32', second: 'i32', a: 'v128', b: 'v128' },
  body: (local) => {
    const address = (offset: number) =>
      i32.add(local('cells').get, i32.load(local('comparators').get, offset))
    const compare = (k: number) => [
      ...local('a').set(v128.load(local('first').get, 16 * k)),
      ...local('b').set(v128.load(local('second').get, 16 * k)),
      ...v128.store(local('first').get, f32x4.pmin(local('a').get, local('b').get), 16 * k),
      // The other way round: of equal values (0 and -0) each stays in its row.
      ...v128.store(local('second').get, f32x4.pmax(local('b').get, local('a').get), 16 * k),
    ]
    return [
      repeat({ cursor: local('comparators'), end: local('end').get, step: COMPARATOR_BYTES }, [
        local('first').set(address(0)),
        local('second').set(address(4)),
        ...Array.from({ length: CELL_BYTES / 16 }, (_, k) => compare(k)),
      ]),
    ]
  },
})
