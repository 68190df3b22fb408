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

/**
 * Trains a tiny dense and a tiny convolutional model for two steps and compares logits and weights with vectors that were computed in f64
 * (forward, backward, optimizer). The back end has to be started.
 * @returns the largest deviation from the stored vectors; NaN where a result is not a number.
 * @throws {EngineError} DEVICE_LOST, DEVICE_ERROR.
 * @throws {Error} of TensorFlow.js where the back end lacks a kernel.
 */
export async function runSelfTest(backend: BackendName): Promise<number> {
  let error = 0
  for (const [name, { logits, weights }] of Object.entries(SELF_TEST_VECTORS)) {
    const one = SELF_TEST_CASES[name as keyof typeof SELF_TEST_CASES]
    const found = await trainCase(backend, one)
    error = Math.max(error, deviation(found.logits, logits), deviation(found.weights, weights))
  }
  return error
}

/** Whether a deviation that runSelfTest found is a pass. */
export function isExact(error: number): boolean {
  return error <= SELF_TEST_TOLERANCE
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

function deviation(found: readonly number[], stored: readonly number[]): number {
  if (found.length !== stored.length) return Number.NaN
  return found.reduce((most, value, i) => Math.max(most, Math.abs(value - (stored[i] ?? 0))), 0)
}
