import type { Tensor } from '@tensorflow/tfjs-core'
import { EngineError } from '../errors.ts'
import type { BackendName } from '../types.ts'
import { checkWebgpuDevice } from './webgpu-backend.ts'

/**
 * A tensor's f32 values, wherever its back end keeps them: GPU memory cannot be read synchronously.
 * @throws {EngineError} DEVICE_LOST, DEVICE_ERROR: nothing that was computed since the last read is worth anything.
 */
export async function readTensor(backend: BackendName, tensor: Tensor): Promise<Float32Array> {
  if (backend !== 'webgpu') return tensor.dataSync<'float32'>()
  try {
    const values = await tensor.data<'float32'>()
    checkWebgpuDevice()
    return values
  } catch (cause) {
    if (cause instanceof EngineError) throw cause
    // The device says why, if it was that.
    checkWebgpuDevice()
    throw cause
  }
}
