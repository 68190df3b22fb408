import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import { type KernelFunc, type TensorInfo, UnsortedSegmentSum, util } from '@tensorflow/tfjs-core'
import { installKernel } from './install-kernel.ts'
import { rowSumsOf } from './row-sums.ts'
import { addressOf } from './wasm-memory.ts'
import { zeroTensor } from './zero-tensor.ts'

const FLOAT_BYTES = 4

/**
 * UnsortedSegmentSum on the wasm back end, which has none: the gradient of a lookup in a table. Rows of x [rows, ...] are added to row
 * `segmentIds[row]` of the result [numSegments, ...], in order; an id outside it is left out. Installing is idempotent.
 */
export function installSegmentSumKernel(): void {
  installKernel(UnsortedSegmentSum, segmentSum)
}

function segmentSum(stock: KernelFunc): KernelFunc {
  return (args) => {
    const { x, segmentIds } = args.inputs as Record<'x' | 'segmentIds', TensorInfo>
    const { numSegments } = args.attrs as unknown as { readonly numSegments: number }
    if (x.dtype !== 'float32' || segmentIds.shape.length !== 1) return stock(args)
    const backend = args.backend as BackendWasm
    const [rows = 0, ...rest] = x.shape
    const out = zeroTensor(backend, [numSegments, ...rest])
    const size = util.sizeFromShape(rest)
    if (rows * size * numSegments === 0) return out
    const [ids, to] = [addressOf(backend, segmentIds), addressOf(backend, out)]
    const { addSegments } = rowSumsOf(backend)
    addSegments(addressOf(backend, x), ids, to, rows, size * FLOAT_BYTES, numSegments)
    return out
  }
}
