import * as tf from '@tensorflow/tfjs-core'
import { EngineError } from '../errors.ts'
import type { BackendName } from '../types.ts'
import type { EnginePlace } from './engine-place.ts'
import { installWasmKernels } from './install-wasm-kernels.ts'
import { loadNativeBackend, NATIVE_TFJS_NAME } from './native-backend.ts'
import { loadWebgpuBackend } from './webgpu-backend.ts'

type Listener = (...args: unknown[]) => void

const PROCESS_EVENTS = ['uncaughtException', 'unhandledRejection'] as const
/** How Emscripten's rejection listener reads; its exception listener names ExitStatus. */
const EMSCRIPTEN_LISTENER = /ExitStatus|^function\s*\w*\(reason\)\s*\{\s*throw reason;?\s*\}$/

/** What TensorFlow.js calls our back ends. */
const TFJS_NAMES: Readonly<Record<BackendName, string>> = {
  'tfjs-node-gpu': NATIVE_TFJS_NAME,
  'tfjs-node': NATIVE_TFJS_NAME,
  webgpu: 'webgpu',
  wasm: 'wasm',
  cpu: 'cpu',
}

/**
 * Loads and starts a TensorFlow.js back end, without any network access; starting one twice is free. `wasm` and `cpu` come from
 * node_modules, the others from where they were installed. For `wasm` our kernels join or replace the stock ones. A webgpu whose
 * device was lost gets a new one.
 * @throws {EngineError} BACKEND_UNAVAILABLE.
 */
export async function startBackend(backend: BackendName, place?: EnginePlace): Promise<void> {
  // Otherwise the cpu back end prints an advertisement on first use.
  tf.enableProdMode()
  const before = PROCESS_EVENTS.map((event) => process.listeners(event as never) as Listener[])
  try {
    await load(backend, place)
    if (!(await tf.setBackend(TFJS_NAMES[backend]))) throw unavailable(backend)
  } catch (cause) {
    throw cause instanceof EngineError ? cause : unavailable(backend, cause)
  }
  removeEmscriptenListeners(before)
  if (backend !== 'wasm') return
  installWasmKernels()
}

/**
 * Makes a started back end the current one of this process. TensorFlow.js has one current back end per process: whoever works with
 * tensors calls this first in every synchronous section (after each await).
 */
export function activateBackend(backend: BackendName): void {
  const name = TFJS_NAMES[backend]
  if (tf.getBackend() === name) return
  // For a back end that has started, setBackend does its work before it returns its promise.
  void tf.setBackend(name)
}

async function load(backend: BackendName, place: EnginePlace | undefined): Promise<void> {
  if (backend === 'wasm') await import('@tensorflow/tfjs-backend-wasm')
  else if (backend === 'cpu') await import('@tensorflow/tfjs-backend-cpu')
  else if (backend === 'webgpu') await loadWebgpuBackend(place)
  else loadNativeBackend(backend, place)
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
