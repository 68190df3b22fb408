import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { isExact, runSelfTest, SELF_TEST_STEPS } from '../../../src/backends/self-test.ts'
import { SELF_TEST_CASES } from '../../../src/backends/self-test-cases.ts'
import { SELF_TEST_VECTORS } from '../../../src/backends/self-test-vectors.ts'
import { startBackend } from '../../../src/backends/start-backend.ts'
import { referenceTraining } from '../../support/reference-training.ts'

beforeAll(async () => {
  await startBackend('cpu')
  await startBackend('wasm')
})

describe('runSelfTest', () => {
  it.each(['dense', 'convolution'] as const)(
    'compares with what f64 arithmetic gives for %s',
    (name) => {
      const { logits, weights } = referenceTraining(SELF_TEST_CASES[name], SELF_TEST_STEPS)
      const stored = SELF_TEST_VECTORS[name]
      expect(distance(stored.logits, logits)).toBeLessThan(1e-8)
      expect(distance(stored.weights, weights)).toBeLessThan(1e-8)
    },
  )

  it.each(['wasm', 'cpu'] as const)('passes on %s and leaves no tensor behind', async (backend) => {
    const before = tf.memory().numTensors
    const error = await runSelfTest(backend)
    expect(error).toBeLessThan(1e-6)
    expect(isExact(error)).toBe(true)
    expect(tf.memory().numTensors).toBe(before)
  })

  it.each([
    ['a kernel that is off by one part in a thousand', 1.001],
    ['a kernel that gives no numbers', Number.NaN],
  ])('fails %s', async (_what, factor) => {
    const stock = tf.getKernel('MaxPoolGrad', 'cpu')
    const kernelFunc: tf.KernelFunc = (call) => {
      const out = stock.kernelFunc(call) as tf.TensorInfo
      const values = (call.backend as tf.KernelBackend).readSync(out.dataId) as Float32Array
      values.forEach((value, i) => {
        values[i] = value * factor
      })
      return out
    }
    tf.unregisterKernel('MaxPoolGrad', 'cpu')
    tf.registerKernel({ kernelName: 'MaxPoolGrad', backendName: 'cpu', kernelFunc })
    try {
      expect(isExact(await runSelfTest('cpu'))).toBe(false)
    } finally {
      tf.unregisterKernel('MaxPoolGrad', 'cpu')
      tf.registerKernel({ ...stock, kernelName: 'MaxPoolGrad', backendName: 'cpu' })
    }
  })
})

/** Largest difference; NaN for lists of different lengths. */
function distance(one: readonly number[], other: readonly number[]): number {
  if (one.length !== other.length) return Number.NaN
  return Math.max(...one.map((value, i) => Math.abs(value - (other[i] ?? Number.NaN))))
}
