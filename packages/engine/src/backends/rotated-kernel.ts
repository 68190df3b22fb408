import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import { getKernel, type TensorInfo, Transpose } from '@tensorflow/tfjs-core'
import { addressOf, memoryOf } from './wasm-memory.ts'

const FLOAT_BYTES = 4

/**
 * A convolution's kernel [height, width, depth, filters] turned half round, with depth and filters exchanged: the kernel of the convolution
 * that takes a gradient of the result back to the images.
 */
export function rotatedKernel(backend: BackendWasm, kernel: TensorInfo): TensorInfo {
  const [height = 0, width = 0, depth = 0, filters = 0] = kernel.shape
  const { kernelFunc } = getKernel(Transpose, 'wasm')
  const attrs = { perm: [0, 1, 3, 2] }
  const exchanged = kernelFunc({ inputs: { x: kernel }, backend, attrs }) as TensorInfo
  const out = backend.makeOutput([height, width, filters, depth], 'float32')
  const heap = new Uint8Array(memoryOf(backend).buffer)
  const [from, to] = [addressOf(backend, exchanged), addressOf(backend, out)]
  const bytes = depth * filters * FLOAT_BYTES
  const places = height * width
  for (let place = 0; place < places; place++) {
    const start = from + place * bytes
    heap.copyWithin(to + (places - 1 - place) * bytes, start, start + bytes)
  }
  backend.disposeData(exchanged.dataId)
  return out
}
