import * as tf from '@tensorflow/tfjs-core'
import { installConvolutionKernels } from './convolution-kernels.ts'
import { installDepthwiseKernels } from './depthwise-kernels.ts'
import { installElementwiseKernels } from './elementwise-kernels.ts'
import { type Allocator, guardAllocation } from './guarded-allocation.ts'
import { installIdentityKernels } from './identity-kernels.ts'
import { installMatMulKernels } from './matmul-kernels.ts'
import { installPoolingKernels } from './pooling-kernels.ts'
import { installSegmentSumKernel } from './segment-sum-kernel.ts'
import { installSliceKernels } from './slice-kernels.ts'
import { installSumKernel } from './sum-kernel.ts'
import { installWinogradKernel } from './winograd-kernel.ts'

/**
 * Gives the started wasm back end our kernels: those that training needs and it lacks, and faster ones; and makes it refuse tensors that
 * it has no room for. Idempotent.
 */
export function installWasmKernels(): void {
  // The back end that was started is the current one; the package's types leave the allocator out.
  const { wasm } = tf.backend() as unknown as { wasm: Allocator }
  guardAllocation(wasm, () => tf.memory().numBytes)
  installMatMulKernels()
  installConvolutionKernels()
  installDepthwiseKernels()
  installPoolingKernels()
  installElementwiseKernels()
  installSumKernel()
  installSegmentSumKernel()
  installIdentityKernels()
  installSliceKernels()
  installWinogradKernel()
}
