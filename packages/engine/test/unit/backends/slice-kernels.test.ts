import * as tf from '@tensorflow/tfjs-core'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { activateBackend, startBackend } from '../../../src/backends/start-backend.ts'
import { expectSameAsCpu, randomValues } from './compare-backends.ts'

beforeAll(async () => {
  await startBackend('cpu')
  await startBackend('wasm')
})

/** A shape of up to five dimensions with one of its axes, and a seed. */
const SHAPES = fc
  .array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 5 })
  .chain((shape) =>
    fc.record({
      shape: fc.constant(shape),
      axis: fc.nat({ max: shape.length - 1 }),
      seed: fc.integer({ min: 0, max: 1e6 }),
    }),
  )

describe('slices on wasm', () => {
  it('take any box of a tensor, as on the cpu back end', () => {
    const boxes = SHAPES.chain(({ shape, seed }) =>
      fc
        .tuple(
          ...shape.map((length) =>
            fc.integer({ min: 0, max: length }).chain((begin) =>
              fc.record({
                begin: fc.constant(begin),
                size: fc.integer({ min: -1, max: length - begin }),
              }),
            ),
          ),
        )
        .map((box) => ({ shape, seed, box })),
    )
    fc.assert(
      fc.property(boxes, ({ shape, seed, box }) => {
        const begin = box.map((side) => side.begin)
        const size = box.map((side) => side.size)
        const x = randomValues(shape, seed)
        expectSameAsCpu([x], (tensor) => tf.slice(tensor as tf.Tensor, begin, size), 0)
      }),
      { seed: 3 },
    )
  })

  it('are the parts of a split, of even and of uneven sizes', () => {
    fc.assert(
      fc.property(SHAPES, fc.nat(), ({ shape, axis, seed }, cut) => {
        const length = shape[axis] as number
        const first = cut % (length + 1)
        for (const sizes of [[first, length - first], length])
          expectSameAsCpu(
            [randomValues(shape, seed)],
            (x) => tf.concat(tf.split(x as tf.Tensor, sizes, axis).toReversed(), axis),
            0,
          )
      }),
      { seed: 4 },
    )
  })

  it('are the tensors that a stack is made of', () => {
    fc.assert(
      fc.property(SHAPES, ({ shape, axis, seed }) => {
        expectSameAsCpu(
          [randomValues(shape, seed)],
          (x) => tf.stack(tf.unstack(x as tf.Tensor, axis).toReversed(), axis),
          0,
        )
      }),
      { seed: 5 },
    )
  })

  it('take integers, truths and texts too', () => {
    activateBackend('wasm')
    const values = tf.tidy(() => [
      tf.slice(tf.tensor2d([1, 2, 3, 4], [2, 2], 'int32'), [0, 1], [2, 1]).arraySync(),
      tf.slice(tf.tensor2d([true, false, true, true], [2, 2], 'bool'), [1, 0]).arraySync(),
      tf.slice(tf.tensor1d(['a', 'b', 'c']), [1], [2]).arraySync(),
    ])
    expect(values).toEqual([[[2], [4]], [[1, 1]], ['b', 'c']])
  })
})
