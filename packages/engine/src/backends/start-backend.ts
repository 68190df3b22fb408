import * as tf from '@tensorflow/tfjs-core'
import { EngineError } from '../errors.ts'
import type { BackendName } from '../types.ts'
import { installMatMulKernels } from './matmul-kernels.ts'
import { installWinogradKernel } from './winograd-kernel.ts'

type Listener = (...args: unknown[]) => void

const PROCESS_EVENTS = ['uncaughtException', 'unhandledRejection'] as const
/** How Emscripten's rejection listener reads; its exception listener names ExitStatus. */
const EMSCRIPTEN_LISTENER = /ExitStatus|^function\s*\w*\(reason\)\s*\{\s*throw reason;?\s*\}$/

/**
 * Loads and starts a TensorFlow.js back end from node_modules, without any network access; starting one twice is free. For `wasm` the
 * fast matMul kernels replace the stock ones.
 * @throws {EngineError} BACKEND_UNAVAILABLE.
 */
export async function startBackend(backend: BackendName): Promise<void> {
  // Otherwise the cpu back end prints an advertisement on first use.
  tf.enableProdMode()
  const before = PROCESS_EVENTS.map((event) => process.listeners(event as never) as Listener[])
  try {
    if (backend === 'wasm') await import('@tensorflow/tfjs-backend-wasm')
    else await import('@tensorflow/tfjs-backend-cpu')
    if (!(await tf.setBackend(backend))) throw unavailable(backend)
  } catch (cause) {
    throw cause instanceof EngineError ? cause : unavailable(backend, cause)
  }
  removeEmscriptenListeners(before)
  if (backend !== 'wasm') return
  installMatMulKernels()
  installWinogradKernel()
}

/**
 * Makes a started back end the current one of this process. TensorFlow.js has one current back end per process: whoever works with
 * tensors calls this first in every synchronous section (after each await).
 */
export function activateBackend(backend: BackendName): void {
  if (tf.getBackend() === backend) return
  // For a back end that has started, setBackend does its work before it returns its promise.
  void tf.setBackend(backend)
}

/** Emscripten takes over the process's error handling when it loads; that belongs to whoever owns the process. */
function removeEmscriptenListeners(before: readonly Listener[][]): void {
  PROCESS_EVENTS.forEach((event, i) => {
    for (const listener of process.listeners(event as never) as Listener[])
      if (!before[i]?.includes(listener) && EMSCRIPTEN_LISTENER.test(String(listener)))
        process.removeListener(event, listener)
  })
}

function unavailable(backend: BackendName, cause?: unknown): EngineError {
  const options = cause === undefined ? undefined : { cause }
  const info = { code: 'BACKEND_UNAVAILABLE', backend } as const
  return new EngineError(`The ${backend} back end does not start here`, info, options)
}
