import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import {
  _FusedMatMul,
  BatchMatMul,
  Elu,
  getKernel,
  type KernelFunc,
  LeakyRelu,
  Prelu,
  Relu6,
  Sigmoid,
  type TensorInfo,
} from '@tensorflow/tfjs-core'
import { installKernel } from './install-kernel.ts'
import { multiplyMatrices } from './multiply-matrices.ts'

type KernelArgs = Parameters<KernelFunc>[0]
type MatMulAttrs = { readonly transposeA: boolean; readonly transposeB: boolean }
type FusedAttrs = MatMulAttrs & { readonly activation: string; readonly leakyreluAlpha?: number }

const BACKEND = 'wasm'
/** Kernels of fused activations that are no lower bound, which the product itself takes care of. */
const ACTIVATION_KERNELS = new Map([
  ['relu6', Relu6],
  ['leakyrelu', LeakyRelu],
  ['sigmoid', Sigmoid],
  ['elu', Elu],
  ['prelu', Prelu],
])
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
    const { a, b, bias, alpha } = matrices(args)
    const { transposeA, transposeB, activation, leakyreluAlpha } =
      args.attrs as unknown as FusedAttrs
    const isBound = activation === 'linear' || activation === 'relu'
    const kernelName = ACTIVATION_KERNELS.get(activation)
    const columns = b.shape.at(transposeB ? -2 : -1)
    const isRow = bias === undefined || (bias.shape.length === 1 && bias.shape[0] === columns)
    // Stock reports what it cannot do.
    if (!isRow || !isFloat(a, b) || !(isBound || kernelName !== undefined)) return stock(args)
    const backend = args.backend as BackendWasm
    const floor = activation === 'relu' ? { floor: 0 } : {}
    const x = multiplyMatrices({ backend, a, b, transposeA, transposeB, bias, ...floor })
    if (kernelName === undefined) return x
    const inputs = alpha === undefined ? { x } : { x, alpha }
    const { kernelFunc } = getKernel(kernelName, BACKEND)
    const out = kernelFunc({ inputs, backend, attrs: { alpha: leakyreluAlpha ?? 0 } }) as TensorInfo
    backend.disposeData(x.dataId)
    return out
  }
}

function matrices(args: KernelArgs) {
  const inputs = args.inputs as Record<string, TensorInfo | null | undefined>
  return {
    a: inputs.a as TensorInfo,
    b: inputs.b as TensorInfo,
    bias: inputs.bias ?? undefined,
    alpha: inputs.preluActivationWeights ?? undefined,
  }
}

function isFloat(a: TensorInfo, b: TensorInfo): boolean {
  return a.dtype === 'float32' && b.dtype === 'float32'
}
