import { performance } from 'node:perf_hooks'
import type { Tensor } from '@tensorflow/tfjs-core'
import type { BackendName } from '../types.ts'
import { readTensor } from './engine-read.ts'
import { prepareSelfTest, SELF_TEST_CASES, type SelfTestCase } from './self-test-cases.ts'
import { SELF_TEST_VECTORS } from './self-test-vectors.ts'
import { activateBackend } from './start-backend.ts'

/**
 * How far a number of the self-test may be from the stored one, which is near 1 or below. f32 sums in another order differ by 1e-7; a GPU's
 * own exponential function by 1e-6; 10-bit mantissas (TF32, f16) by 1e-3, and they do not pass.
 */
export const SELF_TEST_TOLERANCE = 1e-5
/** Steps between the first logits and the weights that are compared. */
export const SELF_TEST_STEPS = 2

/** What the self-test of a started back end found. */
export type SelfTest = {
  /** Largest deviation from the stored vectors; NaN where one is not a number. */
  readonly error: number
  /** Rows per second in the training of SPEED_CASE. */
  readonly samplesPerSecond: number
}

/** 426,618 weights: work enough for a GPU to show what it is, and little enough for a processor. */
const SPEED_CASE: SelfTestCase = {
  seed: 3,
  input: [32, 28, 28, 1],
  layers: [
    { kind: 'convolution', kernel: [5, 5, 1, 16] },
    { kind: 'pooling' },
    { kind: 'hidden', kernel: [14 * 14 * 16, 128] },
    { kind: 'last', kernel: [128, 10] },
  ],
}
const MAX_TIMED_STEPS = 10
const MAX_TIMED_MS = 300

/**
 * Trains a tiny dense and a tiny convolutional model for two steps and compares logits and weights with vectors that were computed in f64
 * (forward, backward, optimizer); then times the training of a small CNN.
 * @throws {EngineError} DEVICE_LOST, DEVICE_ERROR.
 * @throws {Error} of TensorFlow.js where the back end lacks a kernel.
 */
export async function runSelfTest(backend: BackendName): Promise<SelfTest> {
  let error = 0
  for (const [name, { logits, weights }] of Object.entries(SELF_TEST_VECTORS)) {
    const one = SELF_TEST_CASES[name as keyof typeof SELF_TEST_CASES]
    const found = await trainCase(backend, one)
    error = Math.max(error, deviation(found.logits, logits), deviation(found.weights, weights))
  }
  return { error, samplesPerSecond: await measureSpeed(backend) }
}

async function trainCase(
  backend: BackendName,
  one: SelfTestCase,
): Promise<{ readonly logits: readonly number[]; readonly weights: readonly number[] }> {
  activateBackend(backend)
  const training = prepareSelfTest(one)
  try {
    const first = training.step()
    const logits = [...(await readTensor(backend, first))]
    first.dispose()
    for (let step = 1; step < SELF_TEST_STEPS; step++) {
      activateBackend(backend)
      training.step().dispose()
    }
    const weights: number[] = []
    for (const tensor of training.weights) weights.push(...(await readTensor(backend, tensor)))
    return { logits, weights }
  } finally {
    training.dispose()
  }
}

async function measureSpeed(backend: BackendName): Promise<number> {
  activateBackend(backend)
  const training = prepareSelfTest(SPEED_CASE)
  const step = async (): Promise<void> => {
    activateBackend(backend)
    const logits: Tensor = training.step()
    // A GPU has not computed anything before somebody asks for the result.
    await readTensor(backend, logits)
    logits.dispose()
  }
  try {
    await step()
    const start = performance.now()
    let steps = 0
    while (steps < MAX_TIMED_STEPS && performance.now() - start < MAX_TIMED_MS) {
      await step()
      steps++
    }
    await readTensor(backend, training.weights[0] as Tensor)
    const seconds = (performance.now() - start) / 1000
    return (steps * (SPEED_CASE.input[0] as number)) / seconds
  } finally {
    training.dispose()
  }
}

function deviation(found: readonly number[], stored: readonly number[]): number {
  if (found.length !== stored.length) return Number.NaN
  return found.reduce((most, value, i) => Math.max(most, Math.abs(value - (stored[i] ?? 0))), 0)
}
