import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import {
  backend_util,
  type KernelFunc,
  Slice,
  SplitV,
  slice_util,
  type TensorInfo,
  Unpack,
  util,
} from '@tensorflow/tfjs-core'
import { copyBox } from './copy-box.ts'
import { installKernel } from './install-kernel.ts'

/**
 * Slice, SplitV and Unpack of the wasm back end, which has to be started: they copy what is asked for, and stock copies all of the tensor
 * first, for each part of it. An LSTM unstacks its steps and splits its gates that way. Installing is idempotent.
 */
export function installSliceKernels(): void {
  installKernel(Slice, slice)
  installKernel(SplitV, split)
  installKernel(Unpack, unpack)
}

function slice(stock: KernelFunc): KernelFunc {
  return (args) => {
    const { x } = args.inputs as Record<'x', TensorInfo>
    if (!isPlain(x)) return stock(args)
    const attributes = args.attrs as unknown as Record<'begin' | 'size', number | number[]>
    const { begin: from, size: length } = attributes
    // One entry for every dimension, both of them; the package's types say less.
    const [begin, size] = slice_util.parseSliceParams(x, from, length) as [number[], number[]]
    return copyBox(args.backend as BackendWasm, x, { begin, size })
  }
}

function split(stock: KernelFunc): KernelFunc {
  return (args) => {
    const { x } = args.inputs as Record<'x', TensorInfo>
    if (!isPlain(x)) return stock(args)
    const { numOrSizeSplits, axis } = args.attrs as unknown as {
      readonly numOrSizeSplits: number | number[]
      readonly axis: number
    }
    const along = axisOf(x, axis)
    const sizes = backend_util.prepareSplitSize(x, numOrSizeSplits, along)
    return partsOf(args.backend as BackendWasm, x, { axis: along, sizes })
  }
}

function unpack(stock: KernelFunc): KernelFunc {
  return (args) => {
    const { value: x } = args.inputs as Record<'value', TensorInfo>
    if (!isPlain(x)) return stock(args)
    const axis = axisOf(x, (args.attrs as unknown as { readonly axis: number }).axis)
    const sizes = new Array<number>(x.shape[axis] as number).fill(1)
    const shape = x.shape.toSpliced(axis, 1)
    const parts = partsOf(args.backend as BackendWasm, x, { axis, sizes })
    return parts.map((part) => ({ ...part, shape }))
  }
}

/** Consecutive parts of the given sizes along one axis. */
function partsOf(
  backend: BackendWasm,
  x: TensorInfo,
  { axis, sizes }: { readonly axis: number; readonly sizes: readonly number[] },
): TensorInfo[] {
  let start = 0
  return sizes.map((length) => {
    const begin = new Array<number>(x.shape.length).fill(0).with(axis, start)
    start += length
    return copyBox(backend, x, { begin, size: x.shape.with(axis, length) })
  })
}

function axisOf({ shape }: TensorInfo, axis: number): number {
  return util.parseAxisParam(axis, shape)[0] as number
}

/** Whether the values lie one after the other in the back end's memory. */
function isPlain({ dtype }: TensorInfo): boolean {
  return dtype === 'float32' || dtype === 'int32' || dtype === 'bool'
}
