import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import type { TensorInfo } from '@tensorflow/tfjs-core'
import { tileTransformsOf } from './tile-transforms.ts'
import { addressOf } from './wasm-memory.ts'
import { WINOGRAD_PLANES, WINOGRAD_TILE } from './winograd-matrices.ts'

const FLOAT_BYTES = 4

/** Kernel [size, size, depth, filters] as convolveTiles takes it: [36, depth, filters]. */
export function transformFilter(backend: BackendWasm, kernel: TensorInfo): TensorInfo {
  const [size = 0, , depth = 0, filters = 0] = kernel.shape
  const u = backend.makeOutput([WINOGRAD_PLANES, depth, filters], 'float32')
  const pairBytes = depth * filters * FLOAT_BYTES
  const from = [addressOf(backend, kernel), size * pairBytes, pairBytes] as const
  const to = [addressOf(backend, u), WINOGRAD_TILE * pairBytes, pairBytes] as const
  tileTransformsOf(backend, size).kernel(...from, ...to, pairBytes)
  return u
}
