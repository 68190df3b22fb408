import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import * as tf from '@tensorflow/tfjs-core'
import { addressOf, memoryOf } from './wasm-memory.ts'

/** Copies f32 tensors of the wasm back end, which has to be the current one, one after the other to `target`, with no copy on the way. */
export function copyTensors(tensors: readonly tf.Tensor[], target: Float32Array): void {
  const backend = tf.backend() as BackendWasm
  let offset = 0
  for (const tensor of tensors) {
    const { buffer } = memoryOf(backend)
    target.set(new Float32Array(buffer, addressOf(backend, tensor), tensor.size), offset)
    offset += tensor.size
  }
}
