import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import { type KernelFunc, Sum, type TensorInfo, util } from '@tensorflow/tfjs-core'
import { installKernel } from './install-kernel.ts'
import { rowSumsOf } from './row-sums.ts'
import { addressOf } from './wasm-memory.ts'

const FLOAT_BYTES = 4

/**
 * Sum on the wasm back end, which has to be started: over neighbouring dimensions that are not the last, which the gradient of every bias
 * and means over time need, row by row; stock transposes first. Everything else is left to stock. Installing is idempotent.
 */
export function installSumKernel(): void {
  installKernel(Sum, sum)
}

function sum(stock: KernelFunc): KernelFunc {
  return (args) => {
    const { x } = args.inputs as Record<'x', TensorInfo>
    const { axis, keepDims } = args.attrs as unknown as SumAttributes
    const axes = util.parseAxisParam(axis, [...x.shape]).toSorted((a, b) => a - b)
    const [first = 0] = axes
    const end = first + axes.length
    const isTaken =
      axes.length > 0 &&
      end < x.shape.length &&
      axes.every((dimension, i) => dimension === first + i)
    if (!isTaken || x.dtype !== 'float32' || x.shape.includes(0)) return stock(args)
    const [before, summed, after] = [
      x.shape.slice(0, first),
      x.shape.slice(first, end),
      x.shape.slice(end),
    ]
    const backend = args.backend as BackendWasm
    const ones = keepDims ? axes.map(() => 1) : []
    const out = backend.makeOutput([...before, ...ones, ...after], 'float32')
    const rows = util.sizeFromShape(summed)
    const rowBytes = util.sizeFromShape(after) * FLOAT_BYTES
    const { sumRows } = rowSumsOf(backend)
    const [from, to] = [addressOf(backend, x), addressOf(backend, out)]
    for (let i = 0; i < util.sizeFromShape(before); i++)
      sumRows(from + i * rows * rowBytes, to + i * rowBytes, rows, rowBytes)
    return out
  }
}

type SumAttributes = { readonly axis: number | number[]; readonly keepDims: boolean }
