import { defineFunction, f32x4, f64x2, i32, repeat, v128, type WasmFunction } from '@fednode/engine'

/** row[k] = f32(sums[k] / divisor). `sums` (f64) and `row` (f32) are addresses, `end` is where the row ends; values come in twos. */
export const divide: WasmFunction = defineFunction({
  name: 'divide',
  params: { sums: 'i32', row: 'i32', end: 'i32', divisor: 'f64' },
  locals: {},
  body: (local) => [
    repeat({ cursor: local('row'), end: local('end').get, step: 8 }, [
      v128.storeLow(
        local('row').get,
        f32x4.demote(f64x2.div(v128.load(local('sums').get), f64x2.splat(local('divisor').get))),
      ),
      local('sums').set(i32.add(local('sums').get, i32.const(16))),
    ]),
  ],
})
