import * as tf from '@tensorflow/tfjs-core'
import { EngineError } from '../errors.ts'
import { type EnginePlace, folderOf, type InstalledBackend } from './engine-place.ts'
import { requireFrom } from './native-modules.ts'

/** Back ends on TensorFlow's C library. */
export type NativeBackend = Exclude<InstalledBackend, 'webgpu'>

/** What @tensorflow/tfjs-node calls its back end, with and without a GPU. */
export const NATIVE_TFJS_NAME = 'tensorflow'

/** Files of an installed native back end, below its folder. */
export const NATIVE_FILES = {
  binding: 'tfjs_binding.node',
  kernels: 'package/dist/register_all_kernels.js',
  backend: 'package/dist/nodejs_kernel_backend.js',
} as const

type Binding = { isUsingGpuDevice(): boolean; readonly TF_Version: string }
type BackendModule = {
  readonly NodeJSKernelBackend: new (binding: Binding, packageName: string) => tf.KernelBackend
}

let loaded: NativeBackend | undefined

/**
 * Loads an installed native back end and registers it with TensorFlow.js; doing so twice is free.
 * @throws {EngineError} BACKEND_UNAVAILABLE when the other one is loaded (a process has one TensorFlow), or when no GPU is found.
 * @throws {Error} of the dynamic linker.
 */
export function loadNativeBackend(backend: NativeBackend, place: EnginePlace | undefined): void {
  if (loaded === backend) return
  if (loaded !== undefined) throw unavailable(backend, `this process runs ${loaded} already`)
  const { binding: bindingFile, kernels, backend: backendFile } = NATIVE_FILES
  const [library, , module] = requireFrom(folderOf(backend, place), [
    bindingFile,
    kernels,
    backendFile,
  ])
  // The shapes of upstream's package 4.22.0, whose digest the installation checks.
  const binding = library as Binding
  const { NodeJSKernelBackend } = module as BackendModule
  if (backend === 'tfjs-node-gpu' && !binding.isUsingGpuDevice())
    throw unavailable(backend, 'TensorFlow finds no GPU that it can use')
  tf.registerBackend(
    NATIVE_TFJS_NAME,
    () => new NodeJSKernelBackend(binding, `@tensorflow/${backend}`),
  )
  loaded = backend
}

function unavailable(backend: NativeBackend, reason: string): EngineError {
  return new EngineError(`${backend}: ${reason}`, { code: 'BACKEND_UNAVAILABLE', backend })
}
