import { backend_util } from '@tensorflow/tfjs-core'

/** Sizes of a 2-D convolution of images [images, height, width, depth] with a kernel [kernelHeight, kernelWidth, depth, filters]. */
export type ConvolutionShape = {
  readonly images: number
  readonly height: number
  readonly width: number
  readonly depth: number
  readonly kernelHeight: number
  readonly kernelWidth: number
  readonly filters: number
  /** Of the result [images, outHeight, outWidth, filters]. */
  readonly outHeight: number
  readonly outWidth: number
  readonly strideHeight: number
  readonly strideWidth: number
  /** Rows and columns of zeros above and to the left of an image. */
  readonly top: number
  readonly left: number
}

/** Attributes of TensorFlow.js's convolution kernels; those of gradients have no dilations. */
export type ConvolutionAttributes = {
  readonly strides: number | [number, number]
  readonly pad: 'valid' | 'same' | number | backend_util.ExplicitPadding
  readonly dataFormat: 'NHWC' | 'NCHW'
  readonly dilations?: number | [number, number]
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil'
}

/**
 * The sizes of a convolution, or undefined for one that our kernels leave to the stock ones: dilated, channels first, padded beyond its
 * kernel, or empty.
 */
export function convolutionShape(
  xShape: readonly number[],
  kernelShape: readonly number[],
  attributes: ConvolutionAttributes,
): ConvolutionShape | undefined {
  const { strides, pad, dataFormat, dilations = 1, dimRoundingMode } = attributes
  if (dataFormat !== 'NHWC') return undefined
  const info = backend_util.computeConv2DInfo(
    // Kernels get tensors of rank 4.
    [...xShape] as [number, number, number, number],
    [...kernelShape] as [number, number, number, number],
    ...([strides, dilations, pad, dimRoundingMode] as const),
  )
  const { padInfo, filterHeight: kernelHeight, filterWidth: kernelWidth } = info
  const { top, left, bottom, right } = padInfo
  const isDilated = info.dilationHeight > 1 || info.dilationWidth > 1
  const isWide = Math.max(top, bottom) >= kernelHeight || Math.max(left, right) >= kernelWidth
  const isEmpty = [...xShape, ...kernelShape, ...info.outShape].some((size) => size <= 0)
  if (isDilated || isWide || isEmpty) return undefined
  const { inHeight: height, inWidth: width, inChannels: depth, outChannels: filters } = info
  const { outHeight, outWidth, strideHeight, strideWidth } = info
  const sizes = { images: info.batchSize, height, width, depth, kernelHeight, kernelWidth, filters }
  return { ...sizes, outHeight, outWidth, strideHeight, strideWidth, top, left }
}
