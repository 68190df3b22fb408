import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import * as tf from '@tensorflow/tfjs-core'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { multiplyDirectly } from '../../../src/backends/direct-product.ts'
import { startBackend } from '../../../src/backends/start-backend.ts'
import { addressOf, memoryOf } from '../../../src/backends/wasm-memory.ts'
import { createRandom } from '../../../src/random.ts'

beforeAll(() => startBackend('wasm'))

const sizes = fc.record({
  rows: fc.integer({ min: 1, max: 23 }),
  depth: fc.integer({ min: 1, max: 41 }),
  columns: fc.integer({ min: 1, max: 45 }),
  layout: fc.constantFrom('rows' as const, 'columns' as const),
  hasBias: fc.boolean(),
  isRelu: fc.boolean(),
  seed: fc.integer({ min: 0, max: 1e6 }),
})

function tensor(shape: [number, number], random: () => number): tf.Tensor2D {
  return tf.tensor2d(
    Float32Array.from({ length: shape[0] * shape[1] }, () => 2 * random() - 1),
    shape,
  )
}

/** Sums in f32 in the order of the depth, each product and each sum rounded. */
function inOrder(
  { a, b, bias }: { a: Float32Array; b: Float32Array; bias: Float32Array },
  { rows, depth, columns, floor }: { rows: number; depth: number; columns: number; floor: number },
): Float32Array {
  const out = new Float32Array(rows * columns)
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      let sum = bias[column] ?? 0
      for (let k = 0; k < depth; k++) {
        const product = (a[row * depth + k] ?? 0) * (b[k * columns + column] ?? 0)
        sum = Math.fround(sum + Math.fround(product))
      }
      out[row * columns + column] = Math.max(sum, floor)
    }
  return out
}

describe('multiplyDirectly', () => {
  it('gives the bits of f32 sums in order, from the bias on and with a lower bound', () => {
    fc.assert(
      fc.property(sizes, ({ rows, depth, columns, layout, hasBias, isRelu, seed }) => {
        const { uniform } = createRandom(seed)
        const backend = tf.backend() as BackendWasm
        const [a, b, bias] = [
          tensor([rows, depth], uniform),
          tensor([depth, columns], uniform),
          tensor([1, columns], uniform),
        ]
        const out = tf.zeros([rows, columns])
        const floor = isRelu ? 0 : Number.NEGATIVE_INFINITY
        const left = layout === 'rows' ? a : tf.transpose(a)
        multiplyDirectly(backend, {
          left: addressOf(backend, left),
          right: addressOf(backend, b),
          out: addressOf(backend, out),
          ...{ rows, depth, columns, layout, floor },
          ...(hasBias && { start: addressOf(backend, bias), startStride: 0 }),
        })
        const values = { a: a.dataSync<'float32'>(), b: b.dataSync<'float32'>() }
        const start = hasBias ? bias.dataSync<'float32'>() : new Float32Array(columns)
        const expected = inOrder({ ...values, bias: start }, { rows, depth, columns, floor })
        expect(out.dataSync()).toEqual(expected)
        tf.dispose([a, b, bias, out])
      }),
    )
  })

  it('multiplies after the memory has grown', () => {
    const before = memoryOf(tf.backend() as BackendWasm).buffer.byteLength
    const large = tf.zeros([before / 2])
    const [a, b] = [tf.ones<tf.Rank.R2>([5, 7]), tf.ones<tf.Rank.R2>([7, 8])]
    expect(memoryOf(tf.backend() as BackendWasm).buffer.byteLength).toBeGreaterThan(before)
    expect(new Set(tf.matMul(a, b).dataSync())).toEqual(new Set([7]))
    large.dispose()
  })
})
