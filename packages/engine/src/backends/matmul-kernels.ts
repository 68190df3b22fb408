import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import {
  _FusedMatMul,
  BatchMatMul,
  getKernel,
  type KernelFunc,
  Prelu,
  registerKernel,
  type TensorInfo,
  unregisterKernel,
} from '@tensorflow/tfjs-core'
import { type MatrixIds, multiplyMatrices } from './multiply-matrices.ts'

type KernelArgs = Parameters<KernelFunc>[0]
type MatMulAttrs = { readonly transposeA: boolean; readonly transposeB: boolean }
type FusedAttrs = MatMulAttrs & { readonly activation: string; readonly leakyreluAlpha?: number }

const BACKEND = 'wasm'
/** Numbers of the C side (src/cc/fusable_activations.h); prelu is a kernel of its own here. */
const FUSED_ACTIVATIONS = new Map([
  ['linear', 0],
  ['relu', 1],
  ['relu6', 2],
  ['leakyrelu', 4],
  ['sigmoid', 5],
  ['elu', 6],
])
/** Activations that are a lower bound, which our own product takes care of. */
const DIRECT_FLOORS = new Map([
  ['linear', Number.NEGATIVE_INFINITY],
  ['relu', 0],
])
/** Marks our kernels, so that installing twice does not wrap them twice. */
const OURS: unique symbol = Symbol('fednode')

/**
 * Replaces BatchMatMul and _FusedMatMul of the wasm back end. Stock 4.22.0 takes XNNPACK's kernel only for one batch item without
 * transposition; everything else runs in a scalar loop, 3 to 12 times slower, which also reads past the end of a broadcast input and,
 * beyond 48 inner elements, adds the bias and clamps once per block (src/cc/batch_mat_mul_impl.cc). Here an operand is transposed first
 * and every batch item goes through our own product (matrix-product.ts) or, where that is not faster, through XNNPACK; both give the same
 * bits. The back end has to be started; installing is idempotent.
 */
export function installMatMulKernels(): void {
  install(BatchMatMul, batchMatMul)
  install(_FusedMatMul, fusedMatMul)
}

function install(name: string, build: (stock: KernelFunc) => KernelFunc): void {
  const config = getKernel(name, BACKEND)
  if (config === undefined || OURS in config) return
  const kernelFunc = build(config.kernelFunc)
  unregisterKernel(name, BACKEND)
  registerKernel(Object.assign({ ...config, kernelFunc }, { [OURS]: true }))
}

function batchMatMul(stock: KernelFunc): KernelFunc {
  return (args) => {
    const { a, b } = matrices(args)
    if (!isFloat(a, b)) return stock(args)
    const backend = args.backend as BackendWasm
    const { transposeA, transposeB } = args.attrs as unknown as MatMulAttrs
    const { call } = boundFunctions(backend)
    const direct = { floor: Number.NEGATIVE_INFINITY }
    return multiplyMatrices({ backend, a, b, transposeA, transposeB, direct }, (ids) =>
      call.batch(...leading(ids), ids.out),
    )
  }
}

function fusedMatMul(stock: KernelFunc): KernelFunc {
  return (args) => {
    const { a, b, bias, alpha } = matrices(args)
    const { transposeA, transposeB, ...attrs } = args.attrs as unknown as FusedAttrs
    const isPrelu = attrs.activation === 'prelu'
    const activation = FUSED_ACTIVATIONS.get(isPrelu ? 'linear' : attrs.activation)
    // Stock reports what it cannot do; a bias of one row is all that XNNPACK adds.
    const isStock = activation === undefined || (bias !== undefined && bias.shape.length !== 1)
    if (isStock || !isFloat(a, b)) return stock(args)
    const backend = args.backend as BackendWasm
    const biasId = bias === undefined ? 0 : (backend.dataIdMap.get(bias.dataId)?.id ?? 0)
    const { call } = boundFunctions(backend)
    const floor = DIRECT_FLOORS.get(isPrelu ? 'linear' : attrs.activation)
    const direct = floor === undefined ? undefined : { floor, bias }
    const product = multiplyMatrices({ backend, a, b, transposeA, transposeB, direct }, (ids) =>
      call.fused(...leading(ids), activation, biasId, 0, attrs.leakyreluAlpha ?? 0, ids.out),
    )
    return isPrelu && alpha !== undefined ? prelu(backend, product, alpha) : product
  }
}

function prelu(backend: BackendWasm, x: TensorInfo, alpha: TensorInfo): TensorInfo {
  const kernel = getKernel(Prelu, BACKEND)
  const out = kernel.kernelFunc({ inputs: { x, alpha }, backend, attrs: {} }) as TensorInfo
  backend.disposeData(x.dataId)
  return out
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

type CFunction = (...args: (number | Uint8Array)[]) => void
/** What Emscripten exports and the package's types leave out. */
type EmscriptenModule = { cwrap(name: string, returns: null, args: readonly string[]): CFunction }
const bound = new WeakMap<object, { readonly call: { batch: CFunction; fused: CFunction } }>()

/** The C functions of this back end instance, bound once. */
function boundFunctions(backend: BackendWasm) {
  const known = bound.get(backend)
  if (known !== undefined) return known
  const matrix = ['number', 'array', 'number'] as const
  const operands = [...matrix, ...matrix, 'number', 'number'] as const
  const { cwrap } = backend.wasm as unknown as EmscriptenModule
  const batch = cwrap(BatchMatMul, null, [...operands, 'number'])
  const fused = cwrap(_FusedMatMul, null, [
    ...operands,
    ...(['number', 'number', 'number', 'number', 'number'] as const),
  ])
  const functions = { call: { batch, fused } }
  bound.set(backend, functions)
  return functions
}

/** Arguments that both C functions begin with: two matrices by id, shape and rank, neither transposed. */
function leading({ a, aShape, b, bShape }: MatrixIds): (number | Uint8Array)[] {
  return [a, shapeBytes(aShape), 3, b, shapeBytes(bShape), 3, 0, 0]
}

function shapeBytes(shape: readonly number[]): Uint8Array {
  return new Uint8Array(Int32Array.from(shape).buffer)
}
