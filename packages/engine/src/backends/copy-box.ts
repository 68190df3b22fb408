import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import { type TensorInfo, util } from '@tensorflow/tfjs-core'
import { addressOf, memoryOf } from './wasm-memory.ts'

/** Part of a tensor: from index `begin` on, `size` long, in every dimension. */
export type Box = { readonly begin: readonly number[]; readonly size: readonly number[] }

/** A box of a tensor of numbers as a tensor of its own, on the wasm back end. */
export function copyBox(backend: BackendWasm, x: TensorInfo, { begin, size }: Box): TensorInfo {
  const out = backend.makeOutput([...size], x.dtype)
  if (util.sizeFromShape([...size]) === 0) return out
  const strides = byteStrides(x)
  const inner = firstWhole(x.shape, { begin, size })
  const bytes = (size[inner] ?? 1) * (strides[inner] as number)
  // After makeOutput, which may have moved the memory.
  const heap = new Uint8Array(memoryOf(backend).buffer)
  let to = addressOf(backend, out)
  const copy = (axis: number, from: number): void => {
    const stride = strides[axis] as number
    const first = from + (begin[axis] ?? 0) * stride
    if (axis >= inner) {
      heap.copyWithin(to, first, first + bytes)
      to += bytes
      return
    }
    const length = size[axis] as number
    for (let i = 0; i < length; i++) copy(axis + 1, first + i * stride)
  }
  copy(0, addressOf(backend, x))
  return out
}

/** The axis from which on a box is one stretch of memory: everything inside of it is taken whole. */
function firstWhole(shape: readonly number[], { begin, size }: Box): number {
  let axis = Math.max(0, shape.length - 1)
  while (axis > 0 && begin[axis] === 0 && size[axis] === shape[axis]) axis--
  return axis
}

/** From index to index of every dimension; of a scalar one element. */
function byteStrides({ shape, dtype }: TensorInfo): number[] {
  const strides = [util.bytesPerElement(dtype)]
  for (const length of shape.slice(1).reverse()) strides.unshift((strides[0] as number) * length)
  return strides
}
