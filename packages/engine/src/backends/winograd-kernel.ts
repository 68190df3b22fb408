import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import { getKernel, type KernelFunc, registerKernel, type TensorInfo } from '@tensorflow/tfjs-core'
import { unsupported } from '../models/unsupported.ts'
import { convolutionShape } from './convolution-shape.ts'
import { convolveTiles } from './winograd-convolution.ts'

/** Name of the kernel. Inputs: x [rows, height, width, depth], u [36, depth, filters] (transformKernel), bias [filters]. */
export const WINOGRAD_KERNEL = 'WinogradConv2D'

/** What the kernel has to know besides its tensors; strides are 1. */
export type WinogradAttributes = {
  /** 3 or 5. */
  readonly kernelSize: number
  readonly padding: 'valid' | 'same'
  /** Outputs are at least this: 0 is relu, -Infinity nothing. */
  readonly floor: number
}

const KERNEL_SIZES: readonly number[] = [3, 5]
const VECTOR = 4

/** Whether the kernel takes a convolution of these sizes with strides of 1. */
export function isWinograd(kernelSize: number, depth: number, filters: number): boolean {
  return KERNEL_SIZES.includes(kernelSize) && depth % VECTOR === 0 && filters % VECTOR === 0
}

/** Adds the kernel to the wasm back end, which has to be started; installing is idempotent. */
export function installWinogradKernel(): void {
  if (getKernel(WINOGRAD_KERNEL, 'wasm') !== undefined) return
  registerKernel({ kernelName: WINOGRAD_KERNEL, backendName: 'wasm', kernelFunc: convolve })
}

const convolve: KernelFunc = ({ inputs, backend, attrs }) => {
  const { x, u, bias } = inputs as Record<'x' | 'u' | 'bias', TensorInfo>
  const { kernelSize, padding, floor } = attrs as unknown as WinogradAttributes
  const [, depth = 0, filters = 0] = u.shape
  const shape = convolutionShape(x.shape, [kernelSize, kernelSize, depth, filters], {
    ...{ strides: 1, pad: padding, dataFormat: 'NHWC' },
  })
  if (shape === undefined) throw unsupported(`a convolution of [${x.shape.join(',')}]`)
  return convolveTiles(backend as BackendWasm, shape, { x, u, bias, floor })
}
