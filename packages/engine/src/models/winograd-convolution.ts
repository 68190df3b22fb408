import * as tf from '@tensorflow/tfjs-core'
import {
  isWinograd,
  WINOGRAD_KERNEL,
  type WinogradAttributes,
} from '../backends/winograd-kernel.ts'
import { WINOGRAD_TILE, winogradMatrices } from '../backends/winograd-matrices.ts'
import type { ConvolutionPlan } from './spatial-plan.ts'

/** Whether the current back end has a faster way for a convolution than its own. */
export function hasWinograd({ kernelSize, input, output, strides }: ConvolutionPlan): boolean {
  return tf.getBackend() === 'wasm' && strides === 1 && isWinograd(kernelSize, input[2], output[2])
}

/**
 * Kernel [kernelSize, kernelSize, depth, filters] as [36, depth, filters]: G g G' for every pair of depth and filter. Sums run in f64, one
 * rounding to f32.
 */
export function transformKernel(layer: ConvolutionPlan, kernel: Float32Array): tf.Tensor3D {
  const { kernelSize, input, output } = layer
  const rows = winogradMatrices(kernelSize).kernel
  const pairs = input[2] * output[2]
  const half = Array.from({ length: kernelSize }, (_, a) =>
    rows.map((weights) => {
      const sums = new Float64Array(pairs)
      weights.forEach((weight, b) => {
        const start = (a * kernelSize + b) * pairs
        addScaled(sums, kernel.subarray(start, start + pairs), weight)
      })
      return sums
    }),
  )
  const transformed = new Float32Array(WINOGRAD_TILE * WINOGRAD_TILE * pairs)
  for (let i = 0; i < WINOGRAD_TILE; i++)
    for (let j = 0; j < WINOGRAD_TILE; j++) {
      const sums = new Float64Array(pairs)
      rows[i]?.forEach((weight, a) => {
        addScaled(sums, half[a]?.[j] as Float64Array, weight)
      })
      transformed.set(sums, (i * WINOGRAD_TILE + j) * pairs)
    }
  return tf.tensor3d(transformed, [WINOGRAD_TILE * WINOGRAD_TILE, input[2], output[2]])
}

/** Convolves images [rows, height, width, depth] with a transformed kernel and adds the bias [filters]. */
export function winogradConvolution(
  { kernelSize, padding, activation }: ConvolutionPlan,
  tensors: { readonly images: tf.Tensor4D; readonly kernel: tf.Tensor; readonly bias: tf.Tensor1D },
): tf.Tensor4D {
  const { images: x, kernel: u, bias } = tensors
  const floor = activation === 'relu' ? 0 : Number.NEGATIVE_INFINITY
  const attributes: WinogradAttributes = { kernelSize, padding, floor }
  return tf.engine().runKernel(WINOGRAD_KERNEL, { x, u, bias }, attributes)
}

function addScaled(sums: Float64Array, values: Float32Array | Float64Array, weight: number): void {
  if (weight === 0) return
  for (let i = 0; i < sums.length; i++)
    sums[i] = (sums[i] as number) + weight * (values[i] as number)
}
