import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import type { TensorInfo } from '@tensorflow/tfjs-core'
import type { Frame } from './framed-images.ts'
import { addressOf, memoryOf } from './wasm-memory.ts'

const FLOAT_BYTES = 4

/** The images [count, height, width, depth] inside framed ones, copied; steps are 1. */
export function croppedImages(
  backend: BackendWasm,
  framed: TensorInfo,
  { top, left, height, width }: Pick<Frame, 'top' | 'left' | 'height' | 'width'>,
): TensorInfo {
  const [images = 0, framedHeight = 0, framedWidth = 0, depth = 0] = framed.shape
  const out = backend.makeOutput([images, height, width, depth], 'float32')
  const heap = new Float32Array(memoryOf(backend).buffer)
  const from = addressOf(backend, framed) / FLOAT_BYTES
  const to = addressOf(backend, out) / FLOAT_BYTES
  for (let image = 0; image < images; image++)
    for (let row = 0; row < height; row++) {
      const line = (image * framedHeight + top + row) * framedWidth + left
      const start = from + line * depth
      const target = to + (image * height + row) * width * depth
      heap.copyWithin(target, start, start + width * depth)
    }
  return out
}
