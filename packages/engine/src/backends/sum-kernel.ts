import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import { type KernelFunc, Sum, type TensorInfo, util } from '@tensorflow/tfjs-core'
import { installKernel } from './install-kernel.ts'
import { rowSumsOf } from './row-sums.ts'
import { addressOf } from './wasm-memory.ts'

const FLOAT_BYTES = 4

/**
 * Sum on the wasm back end, which has to be started: over leading dimensions, which the gradient of every bias needs, row by row; stock
 * transposes first. Everything else is left to stock. Installing is idempotent.
 */
export function installSumKernel(): void {
  installKernel(Sum, sum)
}

function sum(stock: KernelFunc): KernelFunc {
  return (args) => {
    const { x } = args.inputs as Record<'x', TensorInfo>
    const { axis, keepDims } = args.attrs as unknown as SumAttributes
    const { length } = x.shape
    const axes = util.parseAxisParam(axis, [...x.shape]).toSorted((a, b) => a - b)
    const isLeading = axes.length < length && axes.every((dimension, i) => dimension === i)
    if (!isLeading || axes.length === 0 || x.dtype !== 'float32' || x.shape.includes(0))
      return stock(args)
    const backend = args.backend as BackendWasm
    const rows = util.sizeFromShape(x.shape.slice(0, axes.length))
    const rest = x.shape.slice(axes.length)
    const out = backend.makeOutput(keepDims ? [...axes.map(() => 1), ...rest] : rest, 'float32')
    const rowBytes = util.sizeFromShape(rest) * FLOAT_BYTES
    rowSumsOf(backend).sumRows(addressOf(backend, x), addressOf(backend, out), rows, rowBytes)
    return out
  }
}

type SumAttributes = { readonly axis: number | number[]; readonly keepDims: boolean }
