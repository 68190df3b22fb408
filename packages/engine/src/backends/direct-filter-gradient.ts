import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import type { TensorInfo } from '@tensorflow/tfjs-core'
import type { ConvolutionShape } from './convolution-shape.ts'
import { multiplyDirectly } from './direct-product.ts'
import { frameImages } from './framed-images.ts'
import { addressOf } from './wasm-memory.ts'

const FLOAT_BYTES = 4

/**
 * Gradient of a convolution's kernel, [kernelHeight, kernelWidth, depth, filters], from its images and the gradient of its result: for every
 * image and row of the kernel the product of the patches' rows, transposed where they lie, with the gradient's pixels.
 */
export function directFilterGradient(
  backend: BackendWasm,
  shape: ConvolutionShape,
  { x, dy }: { readonly x: TensorInfo; readonly dy: TensorInfo },
): TensorInfo {
  const { images, depth, filters, kernelHeight, kernelWidth, outHeight, outWidth } = shape
  const { strideHeight, strideWidth, top, left } = shape
  const out = backend.makeOutput([kernelHeight, kernelWidth, depth, filters], 'float32')
  const frame = frameImages(backend, x, {
    height: Math.max(top + shape.height, (outHeight - 1) * strideHeight + kernelHeight),
    width: Math.max(left + shape.width, (outWidth - 1) * strideWidth + kernelWidth),
    ...{ top, left },
  })
  const pixelBytes = depth * FLOAT_BYTES
  const lineBytes = frame.width * pixelBytes
  const filterBytes = filters * FLOAT_BYTES
  const product = {
    layout: 'columns',
    rows: kernelWidth * depth,
    columns: filters,
    depth: outWidth,
    leftStride: strideWidth * pixelBytes,
    repeats: outHeight,
    leftJump: strideHeight * lineBytes - outWidth * strideWidth * pixelBytes,
    startStride: filterBytes,
  } as const
  for (let row = 0; row < kernelHeight; row++) {
    const sums = addressOf(backend, out) + row * kernelWidth * depth * filterBytes
    for (let image = 0; image < images; image++)
      multiplyDirectly(backend, {
        ...product,
        left: frame.address + (image * frame.height + row) * lineBytes,
        right: addressOf(backend, dy) + image * outHeight * outWidth * filterBytes,
        out: sums,
        ...(image > 0 ? { start: sums } : { startStride: 0 }),
      })
  }
  frame.release()
  return out
}
