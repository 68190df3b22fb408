import { type ConvolutionAttributes, convolutionShape } from './convolution-shape.ts'
import type { Frame } from './framed-images.ts'

/** Sizes of a depthwise convolution: every channel of the images has `multiplier` kernels of its own. */
export type DepthwiseShape = {
  readonly images: number
  /** Of the images. */
  readonly size: { readonly height: number; readonly width: number }
  /** Images with zeros around, so that every patch lies inside. */
  readonly frame: { readonly top: number; readonly left: number } & Frame
  /** Channels of the result. */
  readonly channels: number
  readonly multiplier: number
  readonly kernelHeight: number
  readonly kernelWidth: number
  readonly outHeight: number
  readonly outWidth: number
  readonly strideHeight: number
  readonly strideWidth: number
}

/** The sizes for images [images, height, width, depth] and a kernel [height, width, depth, multiplier]; undefined as convolutionShape says. */
export function depthwiseShape(
  xShape: readonly number[],
  kernelShape: readonly number[],
  attributes: Omit<ConvolutionAttributes, 'dataFormat'>,
): DepthwiseShape | undefined {
  const [, , depth = 0, multiplier = 0] = kernelShape
  // Sizes and padding of a full convolution do not depend on its filters.
  const shape = convolutionShape(xShape, kernelShape, { ...attributes, dataFormat: 'NHWC' })
  if (shape === undefined) return undefined
  const { images, height, width, top, left, kernelHeight, kernelWidth } = shape
  const { outHeight, outWidth, strideHeight, strideWidth } = shape
  const frame = {
    height: Math.max(top + height, (outHeight - 1) * strideHeight + kernelHeight),
    width: Math.max(left + width, (outWidth - 1) * strideWidth + kernelWidth),
    ...{ top, left },
  }
  const kernel = { kernelHeight, kernelWidth, channels: depth * multiplier, multiplier }
  const out = { outHeight, outWidth, strideHeight, strideWidth }
  return { images, size: { height, width }, frame, ...kernel, ...out }
}
