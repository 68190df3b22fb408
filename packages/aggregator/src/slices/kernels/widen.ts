import { defineFunction, i32, loadPair, repeat, v128, type WasmFunction } from '@fednode/engine'

/** wide[k] = f64(row[k]). `row` (f32) and `wide` (f64) are addresses, `end` is where the row ends; values come in twos. */
export const widen: WasmFunction = defineFunction({
  name: 'widen',
  params: { row: 'i32', end: 'i32', wide: 'i32' },
  locals: {},
  body: (local) => [
    repeat({ cursor: local('row'), end: local('end').get, step: 8 }, [
      v128.store(local('wide').get, loadPair(local('row').get)),
      local('wide').set(i32.add(local('wide').get, i32.const(16))),
    ]),
  ],
})
