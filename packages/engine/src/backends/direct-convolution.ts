import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import type { TensorInfo } from '@tensorflow/tfjs-core'
import type { ConvolutionShape } from './convolution-shape.ts'
import { multiplyDirectly } from './direct-product.ts'
import { frameImages } from './framed-images.ts'
import { addressOf } from './wasm-memory.ts'

/** Images and kernel of a convolution; steps above 1 stand for zeros between the images' pixels. */
export type ConvolutionOperands = {
  readonly x: TensorInfo
  readonly kernel: TensorInfo
  readonly rowStep?: number
  readonly columnStep?: number
  /** [filters] */
  readonly bias?: TensorInfo | undefined
  /** Results are at least this: 0 is relu. @default -Infinity */
  readonly floor?: number
}

const FLOAT_BYTES = 4

/**
 * Convolves images as products of their patches with the kernel: a patch's rows are read where they lie in the image, nothing is unrolled.
 * Returns [images, outHeight, outWidth, filters].
 */
export function convolveDirectly(
  backend: BackendWasm,
  shape: ConvolutionShape,
  { x, kernel, bias, ...others }: ConvolutionOperands,
): TensorInfo {
  const { rowStep = 1, columnStep = 1, floor = Number.NEGATIVE_INFINITY } = others
  const { images, depth, filters, kernelHeight, kernelWidth, outHeight, outWidth } = shape
  const { strideHeight, strideWidth, top, left } = shape
  const out = backend.makeOutput([images, outHeight, outWidth, filters], 'float32')
  const frame = frameImages(backend, x, {
    height: Math.max(
      top + (shape.height - 1) * rowStep + 1,
      (outHeight - 1) * strideHeight + kernelHeight,
    ),
    width: Math.max(
      left + (shape.width - 1) * columnStep + 1,
      (outWidth - 1) * strideWidth + kernelWidth,
    ),
    ...{ top, left, rowStep, columnStep },
  })
  const pixelBytes = depth * FLOAT_BYTES
  const lineBytes = frame.width * pixelBytes
  const product = {
    right: addressOf(backend, kernel),
    columns: filters,
    depth: kernelWidth * depth,
    leftStride: strideWidth * pixelBytes,
    repeats: kernelHeight,
    leftJump: lineBytes - kernelWidth * pixelBytes,
    start: bias === undefined ? 0 : addressOf(backend, bias),
    startStride: 0,
    floor,
  }
  // Results one pixel wide and a kernel without width: all patches lie in one matrix.
  const isMatrix = kernelHeight * kernelWidth * strideHeight * strideWidth === 1
  const [lines, rows] = isMatrix ? [1, outHeight * outWidth] : [outHeight, outWidth]
  for (let image = 0; image < images; image++)
    for (let line = 0; line < lines; line++)
      multiplyDirectly(backend, {
        ...product,
        rows,
        left: frame.address + (image * frame.height + line * strideHeight) * lineBytes,
        out:
          addressOf(backend, out) + (image * outHeight + line) * outWidth * filters * FLOAT_BYTES,
      })
  frame.release()
  return out
}
