import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import type { TensorInfo } from '@tensorflow/tfjs-core'
import { addressOf, memoryOf } from './wasm-memory.ts'

/** Where images come to lie in larger ones of zeros. */
export type Frame = {
  readonly height: number
  readonly width: number
  /** Place of an image's first pixel. */
  readonly top: number
  readonly left: number
  /** From one pixel of an image to the next. @default 1 */
  readonly rowStep?: number
  readonly columnStep?: number
  /** Which images. @default all */
  readonly first?: number
  readonly images?: number
}

/** Images [count, height, width, depth] at an address in bytes; `release` frees what was made for them. */
export type FramedImages = {
  readonly address: number
  readonly height: number
  readonly width: number
  readonly release: () => void
}

const FLOAT_BYTES = 4

/** Images with zeros around, and between their pixels where there are steps; themselves where that changes nothing. */
export function frameImages(backend: BackendWasm, x: TensorInfo, frame: Frame): FramedImages {
  const [all = 0, height = 0, width = 0, depth = 0] = x.shape
  const { top, left, rowStep = 1, columnStep = 1, first = 0, images = all } = frame
  const isSame = frame.height === height && frame.width === width && top === 0 && left === 0
  const place = { height: frame.height, width: frame.width }
  const from = addressOf(backend, x) + first * height * width * depth * FLOAT_BYTES
  if (isSame) return { ...place, address: from, release: () => {} }
  const out = backend.makeOutput([images, frame.height, frame.width, depth], 'float32')
  const address = addressOf(backend, out)
  const heap = new Float32Array(memoryOf(backend).buffer)
  const to = address / FLOAT_BYTES
  heap.fill(0, to, to + images * frame.height * frame.width * depth)
  const run = columnStep === 1 ? width : 1
  for (let image = 0; image < images; image++)
    for (let row = 0; row < height; row++) {
      const source = from / FLOAT_BYTES + (image * height + row) * width * depth
      const line = (image * frame.height + top + row * rowStep) * frame.width + left
      for (let column = 0; column < width; column += run) {
        const start = source + column * depth
        heap.copyWithin(to + (line + column * columnStep) * depth, start, start + run * depth)
      }
    }
  return { ...place, address, release: () => void backend.disposeData(out.dataId) }
}
