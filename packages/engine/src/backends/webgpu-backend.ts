import { existsSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import * as tf from '@tensorflow/tfjs-core'
import { EngineError } from '../errors.ts'
import { type EnginePlace, folderOf } from './engine-place.ts'
import { requireFrom } from './native-modules.ts'
import { type GpuAdapter, type GpuDevice, openDevice, type WatchedDevice } from './webgpu-device.ts'

/** Files of an installed webgpu back end, below its folder. */
export const WEBGPU_FILES = {
  dawn: 'webgpu/index.js',
  backend: 'backend/dist/tf-backend-webgpu.node.js',
} as const

type Gpu = { requestAdapter(options: object): Promise<GpuAdapter | null> }
type Dawn = { create(options: readonly string[]): Gpu; readonly globals: object }
type BackendModule = {
  readonly WebGPUBackend: new (device: GpuDevice, info: GpuAdapter['info']) => tf.KernelBackend
}

const NAME = 'webgpu'
let current: { readonly watched: WatchedDevice; readonly adapter: GpuAdapter } | undefined

/**
 * Starts Dawn (WebGPU without a browser) and registers a back end on its device; free while the device lives. Once it is lost, the next
 * call takes a new one: all tensors are gone then.
 * @throws {EngineError} BACKEND_UNAVAILABLE when no adapter is found.
 * @throws {Error} of the dynamic linker.
 */
export async function loadWebgpuBackend(place: EnginePlace | undefined): Promise<void> {
  if (current !== undefined && !isLost(current.watched)) return
  const folder = folderOf(NAME, place)
  const dawn = await loadDawn(path.join(folder, WEBGPU_FILES.dawn))
  const gpu = dawn.create(place?.adapter === undefined ? [] : [`adapter=${place.adapter}`])
  // The back end looks for a browser's globals.
  Object.assign(globalThis, dawn.globals)
  Object.defineProperty(globalThis.navigator, 'gpu', { value: gpu, configurable: true })
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' })
  if (adapter === null) throw noAdapter(place?.adapter)
  const watched = await openDevice(adapter)
  const [module] = requireFrom(folder, [WEBGPU_FILES.backend])
  const { WebGPUBackend } = module as BackendModule
  if (tf.findBackendFactory(NAME) !== null) tf.removeBackend(NAME)
  tf.registerBackend(NAME, () => new WebGPUBackend(watched.device, adapter.info))
  current = { watched, adapter }
}

/** @throws {EngineError} DEVICE_LOST, DEVICE_ERROR: what was computed since the last check is worth nothing. */
export function checkWebgpuDevice(): void {
  current?.watched.check()
}

/** The adapter that computes; undefined before the start. */
export function webgpuAdapter(): GpuAdapter['info'] | undefined {
  return current?.adapter.info
}

/** Takes the device away, as a reset of the driver does: for tests of recovery. */
export function loseWebgpuDevice(): void {
  current?.watched.device.destroy()
}

function isLost(watched: WatchedDevice): boolean {
  try {
    watched.check()
    return false
  } catch (error) {
    return error instanceof EngineError && error.code === 'DEVICE_LOST'
  }
}

async function loadDawn(file: string): Promise<Dawn> {
  // A missing file would be reported by the path of our own module.
  if (!existsSync(file)) throw unavailable(`${file} is missing`)
  return (await import(pathToFileURL(file).href)) as Dawn
}

function noAdapter(wanted: string | undefined): EngineError {
  const which = wanted === undefined ? '' : ` whose name contains "${wanted}"`
  return unavailable(
    `there is no graphics adapter${which}: it needs a driver for Vulkan, Metal or Direct3D 12`,
  )
}

function unavailable(reason: string): EngineError {
  return new EngineError(`webgpu: ${reason}`, { code: 'BACKEND_UNAVAILABLE', backend: NAME })
}
