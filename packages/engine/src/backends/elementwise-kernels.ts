import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import { Add, type KernelFunc, Multiply, Sub, type TensorInfo, util } from '@tensorflow/tfjs-core'
import { type ElementwiseName, elementwiseOf } from './elementwise.ts'
import { installKernel } from './install-kernel.ts'
import { addressOf } from './wasm-memory.ts'

const FLOAT_BYTES = 4

/**
 * Add, Sub and Multiply on the wasm back end, which has to be started, of tensors of one shape, with a row or with a number: everything that
 * layers, gradients and optimizers do with pairs. Stock copies both shapes for every call, which for small tensors takes ten times as long as
 * the work. Everything else is left to stock. Installing is idempotent.
 */
export function installElementwiseKernels(): void {
  installKernel(Add, elementwise('add'))
  installKernel(Sub, elementwise('subtract'))
  installKernel(Multiply, elementwise('multiply'))
}

function elementwise(name: ElementwiseName): (stock: KernelFunc) => KernelFunc {
  return (stock) => (args) => {
    const { a, b } = args.inputs as Record<'a' | 'b', TensorInfo>
    if (a.dtype !== 'float32' || b.dtype !== 'float32') return stock(args)
    const isTurned = name !== 'subtract' && b.shape.length > a.shape.length
    const [large, small] = isTurned ? [b, a] : [a, b]
    const size = util.sizeFromShape(large.shape)
    if (size === 0 || !isTrailing(large.shape, small.shape)) return stock(args)
    const backend = args.backend as BackendWasm
    const columns = util.sizeFromShape(small.shape)
    const isScalar = columns === 1
    const { withRow, withScalar } = elementwiseOf(backend)
    const run = (isScalar ? withScalar : withRow)[name]
    const rows = isScalar ? 1 : size / columns
    const out = backend.makeOutput(large.shape, 'float32')
    const [from, and, to] = [large, small, out].map((info) => addressOf(backend, info)) as [
      number,
      number,
      number,
    ]
    run(from, and, to, rows, (size / rows) * FLOAT_BYTES)
    return out
  }
}

/** Whether `small`, but for ones before it, is how `large` ends; one value ends everything. */
function isTrailing(large: readonly number[], small: readonly number[]): boolean {
  const first = small.findIndex((length) => length !== 1)
  const rest = first === -1 ? [] : small.slice(first)
  const offset = large.length - rest.length
  return small.length <= large.length && rest.every((length, i) => length === large[offset + i])
}
