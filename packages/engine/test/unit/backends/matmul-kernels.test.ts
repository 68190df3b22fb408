import * as tf from '@tensorflow/tfjs-core'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { activateBackend, startBackend } from '../../../src/backends/start-backend.ts'
import { createRandom } from '../../../src/random.ts'
import type { BackendName } from '../../../src/types.ts'

type Stack = { readonly shape: readonly number[]; readonly values: Float32Array }

const dimension = fc.integer({ min: 1, max: 70 })
const seed = fc.integer({ min: 0, max: 2 ** 31 })
const RUNS = { numRuns: 60, seed: 7 }

beforeAll(async () => {
  await startBackend('cpu')
  await startBackend('wasm')
})

function randomStack(shape: readonly number[], seedValue: number): Stack {
  const random = createRandom(seedValue)
  const size = shape.reduce((product, length) => product * length, 1)
  return { shape, values: Float32Array.from({ length: size }, () => 2 * random.uniform() - 1) }
}

function turned(shape: readonly number[], isTurned: boolean): number[] {
  const [rows = 1, columns = 1] = shape.slice(-2)
  return [...shape.slice(0, -2), ...(isTurned ? [columns, rows] : [rows, columns])]
}

function on(backend: BackendName, stacks: readonly Stack[], compute: Compute): Result {
  activateBackend(backend)
  const before = tf.memory().numTensors
  const result = tf.tidy(() => {
    const tensors = stacks.map(({ shape, values }) => tf.tensor(values, [...shape]))
    const out = compute(...tensors)
    return { shape: out.shape, values: out.dataSync<'float32'>() }
  })
  expect(tf.memory().numTensors).toBe(before)
  return result
}

type Compute = (...tensors: tf.Tensor[]) => tf.Tensor
type Result = { readonly shape: readonly number[]; readonly values: Float32Array }

function expectSame(stacks: readonly Stack[], compute: Compute): void {
  expectClose(on('wasm', stacks, compute), on('cpu', stacks, compute))
}

function expectClose(actual: Result, expected: Result): void {
  expect(actual.shape).toEqual(expected.shape)
  let largest = 0
  for (const [i, value] of expected.values.entries())
    largest = Math.max(largest, Math.abs(value - (actual.values[i] as number)))
  // Sums of at most 70 products of numbers below 1 in f32.
  expect(largest).toBeLessThan(2e-5)
}

describe('BatchMatMul on wasm', () => {
  it('equals the cpu back end on random shapes, transposed or not', () => {
    const cases = fc.tuple(dimension, dimension, dimension, fc.boolean(), fc.boolean(), seed)
    fc.assert(
      fc.property(cases, ([m, k, n, transposeA, transposeB, s]) => {
        const a = randomStack(turned([m, k], transposeA), s)
        const b = randomStack(turned([k, n], transposeB), s + 1)
        expectSame([a, b], (x, y) =>
          tf.matMul(x as tf.Tensor, y as tf.Tensor, transposeA, transposeB),
        )
      }),
      RUNS,
    )
  })

  it('equals the cpu back end with batch dimensions that broadcast', () => {
    const length = fc.integer({ min: 1, max: 3 })
    const batch = fc.array(fc.tuple(length, fc.constantFrom('both', 'a', 'b')), {
      minLength: 1,
      maxLength: 2,
    })
    const small = fc.integer({ min: 1, max: 9 })
    const cases = fc.tuple(batch, small, small, small, fc.boolean(), fc.boolean(), seed)
    fc.assert(
      fc.property(cases, ([outer, m, k, n, transposeA, transposeB, s]) => {
        const full = outer.map(([size]) => size)
        const outerA = outer.map(([size, who]) => (who === 'b' ? 1 : size))
        const outerB = outer.map(([size, who]) => (who === 'a' ? 1 : size))
        const a = randomStack(turned([...outerA, m, k], transposeA), s)
        const b = randomStack(turned([...outerB, k, n], transposeB), s + 1)
        const product = (x: tf.Tensor, y: tf.Tensor) => tf.matMul(x, y, transposeA, transposeB)
        // The cpu back end pairs batch items by index modulo length, so it gets the items spelled out.
        const tiled = (x: tf.Tensor, y: tf.Tensor) =>
          product(
            tf.broadcastTo(x, [...full, ...x.shape.slice(-2)]),
            tf.broadcastTo(y, [...full, ...y.shape.slice(-2)]),
          )
        expectClose(on('wasm', [a, b], product as Compute), on('cpu', [a, b], tiled as Compute))
      }),
      RUNS,
    )
  })

  it('equals the cpu back end when one matrix is used under two shapes', () => {
    const a = randomStack([3, 4], 1)
    const b = randomStack([4, 6], 2)
    expectSame([a, b], (x, y) => {
      const first = tf.matMul(x as tf.Tensor, y as tf.Tensor)
      const second = tf.matMul(
        tf.reshape(x as tf.Tensor, [4, 3]),
        tf.reshape(y as tf.Tensor, [3, 8]),
      )
      return tf.concat([tf.reshape(first, [-1]), tf.reshape(second, [-1])])
    })
  })

  it('gives the same product again from its cached packing', () => {
    const stacks = [randomStack([5, 7], 3), randomStack([7, 9], 4), randomStack([2, 7], 5)]
    expectSame(stacks, (x, y, z) =>
      tf.concat([
        tf.matMul(x as tf.Tensor, y as tf.Tensor),
        tf.matMul(z as tf.Tensor, y as tf.Tensor),
      ]),
    )
  })

  it('refuses matrices whose inner dimensions differ', () => {
    activateBackend('wasm')
    expect(() => tf.matMul(tf.ones([2, 3]), tf.ones([4, 2]))).toThrow(/inner|Inner/)
  })
})

describe('_FusedMatMul on wasm', () => {
  const activations = ['linear', 'relu', 'relu6', 'sigmoid', 'elu', 'leakyrelu', 'prelu'] as const

  it.each(activations)('equals the cpu back end with %s, bias and transposes', (activation) => {
    const cases = fc.tuple(
      dimension,
      dimension,
      dimension,
      fc.boolean(),
      fc.boolean(),
      fc.boolean(),
      seed,
    )
    fc.assert(
      fc.property(cases, ([m, k, n, transposeA, transposeB, hasBias, s]) => {
        const a = randomStack(turned([m, k], transposeA), s)
        const b = randomStack(turned([k, n], transposeB), s + 1)
        const stacks = [a, b, randomStack([n], s + 2), randomStack([n], s + 3)]
        expectSame(stacks, (x, y, bias, alpha) =>
          tf.fused.matMul({
            a: x as tf.Tensor,
            b: y as tf.Tensor,
            transposeA,
            transposeB,
            activation,
            ...(hasBias ? { bias: bias as tf.Tensor } : {}),
            ...(activation === 'prelu' ? { preluActivationWeights: alpha as tf.Tensor } : {}),
            ...(activation === 'leakyrelu' ? { leakyreluAlpha: 0.3 } : {}),
          }),
        )
      }),
      { ...RUNS, numRuns: 25 },
    )
  })

  it('equals the cpu back end with a batch dimension', () => {
    const small = fc.integer({ min: 1, max: 9 })
    fc.assert(
      fc.property(small, small, small, small, seed, (batch, m, k, n, s) => {
        const stacks = [
          randomStack([batch, m, k], s),
          randomStack([batch, k, n], s + 1),
          randomStack([n], s + 2),
        ]
        expectSame(stacks, (x, y, bias) =>
          tf.fused.matMul({
            a: x as tf.Tensor,
            b: y as tf.Tensor,
            bias: bias as tf.Tensor,
            activation: 'relu',
          }),
        )
      }),
      RUNS,
    )
  })
})
