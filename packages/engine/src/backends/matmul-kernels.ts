import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import { _FusedMatMul, BatchMatMul, type KernelFunc, type TensorInfo } from '@tensorflow/tfjs-core'
import {
  type FusedAttributes,
  type FusedInputs,
  floorOf,
  isFusible,
  withActivation,
} from './fused-activation.ts'
import { installKernel } from './install-kernel.ts'
import { multiplyMatrices } from './multiply-matrices.ts'

type KernelArgs = Parameters<KernelFunc>[0]
type MatMulAttrs = { readonly transposeA: boolean; readonly transposeB: boolean }

/**
 * Replaces BatchMatMul and _FusedMatMul of the wasm back end. Stock 4.22.0 takes XNNPACK's kernel only for one batch item without
 * transposition; everything else runs in a scalar loop, 3 to 12 times slower, which also reads past the end of a broadcast input and,
 * beyond 48 inner elements, adds the bias and clamps once per block (src/cc/batch_mat_mul_impl.cc). XNNPACK packs the right operand anew
 * for every changed weight. Ours (matrix-product.ts, row-dots.ts) multiply where the operands lie, transposed or not. The back end has to be
 * started; installing is idempotent.
 */
export function installMatMulKernels(): void {
  installKernel(BatchMatMul, batchMatMul)
  installKernel(_FusedMatMul, fusedMatMul)
}

function batchMatMul(stock: KernelFunc): KernelFunc {
  return (args) => {
    const { a, b } = matrices(args)
    if (!isFloat(a, b)) return stock(args)
    const { transposeA, transposeB } = args.attrs as unknown as MatMulAttrs
    return multiplyMatrices({ backend: args.backend as BackendWasm, a, b, transposeA, transposeB })
  }
}

function fusedMatMul(stock: KernelFunc): KernelFunc {
  return (args) => {
    const { a, b } = matrices(args)
    const { transposeA, transposeB, ...attributes } = args.attrs as unknown as MatMulAttrs &
      FusedAttributes
    const inputs = args.inputs as FusedInputs
    const columns = b.shape.at(transposeB ? -2 : -1) ?? 0
    // Stock reports what it cannot do.
    if (!isFusible(inputs, attributes, columns) || !isFloat(a, b)) return stock(args)
    const backend = args.backend as BackendWasm
    const bias = inputs.bias ?? undefined
    const floor = floorOf(attributes)
    const x = multiplyMatrices({ backend, a, b, transposeA, transposeB, bias, floor })
    return withActivation(backend, x, { ...attributes, ...inputs })
  }
}

function matrices(args: KernelArgs) {
  const { a, b } = args.inputs as Record<'a' | 'b', TensorInfo>
  return { a, b }
}

function isFloat(a: TensorInfo, b: TensorInfo): boolean {
  return a.dtype === 'float32' && b.dtype === 'float32'
}
