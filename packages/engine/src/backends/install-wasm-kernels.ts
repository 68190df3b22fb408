import { installConvolutionKernels } from './convolution-kernels.ts'
import { installDepthwiseKernels } from './depthwise-kernels.ts'
import { installElementwiseKernels } from './elementwise-kernels.ts'
import { installIdentityKernels } from './identity-kernels.ts'
import { installMatMulKernels } from './matmul-kernels.ts'
import { installPoolingKernels } from './pooling-kernels.ts'
import { installSegmentSumKernel } from './segment-sum-kernel.ts'
import { installSumKernel } from './sum-kernel.ts'
import { installWinogradKernel } from './winograd-kernel.ts'

/** Gives the started wasm back end our kernels: those that training needs and it lacks, and faster ones. Idempotent. */
export function installWasmKernels(): void {
  installMatMulKernels()
  installConvolutionKernels()
  installDepthwiseKernels()
  installPoolingKernels()
  installElementwiseKernels()
  installSumKernel()
  installSegmentSumKernel()
  installIdentityKernels()
  installWinogradKernel()
}
