import * as tf from '@tensorflow/tfjs-core'
import { expect } from 'vitest'
import { activateBackend } from '../../../src/backends/start-backend.ts'
import { createRandom } from '../../../src/random.ts'
import type { BackendName } from '../../../src/types.ts'

/** A tensor that is not yet on a back end. */
export type Values = {
  readonly shape: readonly number[]
  readonly values: Float32Array | Int32Array
}

type Compute = (...tensors: tf.Tensor[]) => tf.Tensor

/** Numbers from -1 to 1. */
export function randomValues(shape: readonly number[], seed: number): Values {
  const random = createRandom(seed)
  const size = shape.reduce((product, length) => product * length, 1)
  return { shape, values: Float32Array.from({ length: size }, () => 2 * random.uniform() - 1) }
}

/**
 * Asserts that wasm gives what cpu gives, up to `tolerance` times the largest value (or 1, if that is more), and that neither keeps a tensor.
 * Both have to be started.
 */
export function expectSameAsCpu(
  inputs: readonly Values[],
  compute: Compute,
  tolerance: number,
): void {
  const actual = resultOn('wasm', inputs, compute)
  const expected = resultOn('cpu', inputs, compute)
  expect(actual.shape).toEqual(expected.shape)
  expect(actual.dtype).toEqual(expected.dtype)
  expect(actual.values.some(Number.isNaN)).toBe(false)
  const largest = (values: Float32Array) =>
    values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  const distances = expected.values.map((value, i) => value - (actual.values[i] as number))
  expect(largest(distances)).toBeLessThanOrEqual(tolerance * Math.max(1, largest(expected.values)))
}

function resultOn(backend: BackendName, inputs: readonly Values[], compute: Compute) {
  activateBackend(backend)
  const { numTensors, numBytes } = tf.memory()
  const before = tf.backend().numDataIds()
  const result = tf.tidy(() => {
    const tensors = inputs.map(({ shape, values }) => tf.tensor(values, [...shape]))
    const out = compute(...tensors)
    return { shape: out.shape, dtype: out.dtype, values: out.dataSync<'float32'>() }
  })
  expect(tf.memory()).toMatchObject({ numTensors, numBytes })
  expect(tf.backend().numDataIds()).toBe(before)
  return result
}
