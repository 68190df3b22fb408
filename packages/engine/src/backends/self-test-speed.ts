import { performance } from 'node:perf_hooks'
import type { Tensor } from '@tensorflow/tfjs-core'
import type { BackendName } from '../types.ts'
import { readTensor } from './engine-read.ts'
import { prepareSelfTest, type SelfTestCase } from './self-test-cases.ts'
import { activateBackend } from './start-backend.ts'
import { webgpuAdapter } from './webgpu-backend.ts'

/** Work enough for a GPU to show what it is, and little enough for a processor. */
const ROWS = 32
/** Plain JavaScript and graphics adapters in software take seconds to minutes for as many. */
const FEW_ROWS = 4

const MAX_TIMED_STEPS = 10
const MAX_TIMED_MS = 300

/** Rows per second of a started back end in the training of a small CNN, 403,242 weights. @throws {EngineError} DEVICE_LOST, DEVICE_ERROR. */
export async function measureSpeed(backend: BackendName): Promise<number> {
  activateBackend(backend)
  const isSlow =
    backend === 'cpu' || (backend === 'webgpu' && webgpuAdapter()?.isFallbackAdapter === true)
  const rows = isSlow ? FEW_ROWS : ROWS
  const training = prepareSelfTest(speedCase(rows))
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
    return (steps * rows) / seconds
  } finally {
    training.dispose()
  }
}

function speedCase(rows: number): SelfTestCase {
  return {
    seed: 3,
    input: [rows, 28, 28, 1],
    layers: [
      { kind: 'convolution', kernel: [5, 5, 1, 16] },
      { kind: 'pooling' },
      { kind: 'hidden', kernel: [14 * 14 * 16, 128] },
      { kind: 'last', kernel: [128, 10] },
    ],
  }
}
