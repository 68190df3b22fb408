import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import {
  Elu,
  getKernel,
  LeakyRelu,
  Prelu,
  Relu6,
  Sigmoid,
  type TensorInfo,
} from '@tensorflow/tfjs-core'

/** What TensorFlow.js's fused kernels are told besides their operands. */
export type FusedAttributes = { readonly activation: string; readonly leakyreluAlpha?: number }

/** A bias and weights of the activation, as the fused kernels get them. */
export type FusedInputs = {
  readonly bias?: TensorInfo | null
  readonly preluActivationWeights?: TensorInfo | null
}

const KERNELS = new Map([
  ['relu6', Relu6],
  ['leakyrelu', LeakyRelu],
  ['sigmoid', Sigmoid],
  ['elu', Elu],
  ['prelu', Prelu],
])

/** Whether our products can add the bias and go on with the activation: a bias is a row of `columns` values. */
export function isFusible(
  { bias }: FusedInputs,
  { activation }: FusedAttributes,
  columns: number,
): boolean {
  const isRow = !bias || (bias.shape.length === 1 && bias.shape[0] === columns)
  return isRow && (activation === 'linear' || activation === 'relu' || KERNELS.has(activation))
}

/** The lower bound that an activation is, which products take care of themselves. */
export function floorOf({ activation }: FusedAttributes): number {
  return activation === 'relu' ? 0 : Number.NEGATIVE_INFINITY
}

/** Applies an activation that is no lower bound; takes `x` over. */
export function withActivation(
  backend: BackendWasm,
  x: TensorInfo,
  { activation, leakyreluAlpha, preluActivationWeights }: FusedAttributes & FusedInputs,
): TensorInfo {
  const name = KERNELS.get(activation)
  if (name === undefined) return x
  const inputs = preluActivationWeights ? { x, alpha: preluActivationWeights } : { x }
  const { kernelFunc } = getKernel(name, 'wasm')
  const out = kernelFunc({ inputs, backend, attrs: { alpha: leakyreluAlpha ?? 0 } }) as TensorInfo
  backend.disposeData(x.dataId)
  return out
}
