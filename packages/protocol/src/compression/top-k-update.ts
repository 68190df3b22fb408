import { alignedBytes } from '../codec/aligned-bytes.ts'
import { cutTensors } from '../codec/cut-tensors.ts'
import { CodecError } from '../codec/errors.ts'
import { readTensors } from '../codec/read-tensors.ts'
import { encodeSafetensors } from '../codec/safetensors.ts'
import type { TensorForm } from '../codec/tensor.ts'
import type { Weights } from '../codec/weights.ts'
import { largestIndices } from './largest-indices.ts'

/** The tensors of a top-k update of `total` weights: k = ceil(ratio * total) indices and as many values. */
export function topKForms(total: number, ratio: number): readonly [TensorForm, TensorForm] {
  const shape = [Math.min(total, Math.ceil(ratio * total))]
  return [
    { name: 'indices', dtype: 'U32', shape },
    { name: 'values', dtype: 'F32', shape },
  ]
}

/**
 * The largest changes by magnitude, as indices into all weights and values; the rest is the residual, to be added to the next change
 * (error feedback).
 * @returns `residual`: the changes that do not travel, 0 where one does.
 * @see Lin et al. 2017, arXiv 1712.01887, section 3.1; Stich et al. 2018, arXiv 1809.07599, Algorithm 1 (memory)
 */
export function encodeTopKUpdate(
  change: Float32Array,
  ratio: number,
): { readonly bytes: Uint8Array; readonly residual: Float32Array } {
  const [indexForm, valueForm] = topKForms(change.length, ratio)
  const indices = largestIndices(change, indexForm.shape[0] ?? 0)
  const values = new Float32Array(indices.length)
  const residual = change.slice()
  indices.forEach((index, i) => {
    values[i] = change[index] as number
    residual[index] = 0
  })
  const bytes = encodeSafetensors([
    ...cutTensors([indexForm], indices),
    ...cutTensors([valueForm], values),
  ])
  return { bytes, residual }
}

/**
 * base + change where one travelled, rounded once to f32, and base elsewhere.
 * @throws {CodecError} CODEC_BAD_COMPRESSION unless the indices ascend and stay below the number of weights; else as readTensors.
 */
export function decodeTopKUpdate(bytes: Uint8Array, base: Weights, ratio: number): Float32Array {
  const total = base.values.length
  const [indexBytes, valueBytes] = readTensors(bytes, topKForms(total, ratio))
  const indices = new Uint32Array(...viewOf(indexBytes as Uint8Array))
  const changes = new Float32Array(...viewOf(valueBytes as Uint8Array))
  const values = base.values.slice()
  let last = -1
  indices.forEach((index, i) => {
    if (index <= last) throw bad(`index ${index} does not come after ${last}`)
    if (index >= total) throw bad(`index ${index} of ${total} weights`)
    values[index] = (base.values[index] as number) + (changes[i] as number)
    last = index
  })
  return values
}

function viewOf(bytes: Uint8Array): [ArrayBufferLike, number, number] {
  const { buffer, byteOffset, length } = alignedBytes(bytes, 4)
  return [buffer, byteOffset, length / 4]
}

function bad(reason: string): CodecError {
  return new CodecError(`top-k update: ${reason}`, { code: 'CODEC_BAD_COMPRESSION', reason })
}
