import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import { getKernel, Reverse, type TensorInfo, Transpose } from '@tensorflow/tfjs-core'

/**
 * A convolution's kernel [height, width, depth, filters] turned half round, with depth and filters exchanged: the kernel of the convolution
 * that takes a gradient of the result back to the images.
 */
export function rotatedKernel(backend: BackendWasm, kernel: TensorInfo): TensorInfo {
  const run = (name: string, x: TensorInfo, attrs: Record<string, number[]>): TensorInfo =>
    getKernel(name, 'wasm').kernelFunc({ inputs: { x }, backend, attrs }) as TensorInfo
  const reversed = run(Reverse, kernel, { dims: [0, 1] })
  const rotated = run(Transpose, reversed, { perm: [0, 1, 3, 2] })
  backend.disposeData(reversed.dataId)
  return rotated
}
