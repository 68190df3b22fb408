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

/**
 * row[k] = f32(factor * (row[k] - base[k]) + carry * history[k]), computed in f64. `row`, `base` and `history` (f32) are addresses,
 * `end` is where the row ends; values come in twos.
 */
export const change: WasmFunction = defineFunction({
  name: 'change',
  params: { row: 'i32', end: 'i32', base: 'i32', history: 'i32', factor: 'f64', carry: 'f64' },
  locals: {},
  body: (local) => {
    const difference = f64x2.sub(loadPair(local('row').get), loadPair(local('base').get))
    const carried = f64x2.mul(f64x2.splat(local('carry').get), loadPair(local('history').get))
    const changed = f64x2.mul(f64x2.splat(local('factor').get), difference)
    return [
      repeat({ cursor: local('row'), end: local('end').get, step: 8 }, [
        v128.storeLow(local('row').get, f32x4.demote(f64x2.add(changed, carried))),
        local('base').set(i32.add(local('base').get, i32.const(8))),
        local('history').set(i32.add(local('history').get, i32.const(8))),
      ]),
    ]
  },
})
