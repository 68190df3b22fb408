import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import { type TensorInfo, util } from '@tensorflow/tfjs-core'
import { addressOf, memoryOf } from './wasm-memory.ts'

const FLOAT_BYTES = 4

/** A new f32 tensor of zeros; memory that the back end gives out is not cleared. */
export function zeroTensor(backend: BackendWasm, shape: readonly number[]): TensorInfo {
  const out = backend.makeOutput([...shape], 'float32')
  const start = addressOf(backend, out) / FLOAT_BYTES
  const end = start + util.sizeFromShape([...shape])
  new Float32Array(memoryOf(backend).buffer).fill(0, start, end)
  return out
}
