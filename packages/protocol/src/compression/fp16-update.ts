import { alignedBytes } from '../codec/aligned-bytes.ts'
import { cutTensors } from '../codec/cut-tensors.ts'
import { CodecError } from '../codec/errors.ts'
import { readTensors } from '../codec/read-tensors.ts'
import { encodeSafetensors } from '../codec/safetensors.ts'
import { weightForms } from '../codec/weight-forms.ts'
import type { TensorSpec, Weights } from '../codec/weights.ts'
import { fromHalfFloat, toHalfFloats } from './half-floats.ts'

/** What first rounds to infinity: half way between the largest half float and 2^16. */
const TOO_LARGE = 65_520

/**
 * A change of weights as half floats, tensor by tensor.
 * @throws {CodecError} CODEC_NOT_ENCODABLE when one weight changed by 65,520 or more.
 */
export function encodeFp16Update(change: Float32Array, specs: readonly TensorSpec[]): Uint8Array {
  const large = change.find((value) => Math.abs(value) >= TOO_LARGE)
  if (large !== undefined) {
    const reason = `a weight changed by ${large}, fp16 ends at 65504`
    throw new CodecError(`update: ${reason}`, { code: 'CODEC_NOT_ENCODABLE', reason })
  }
  return encodeSafetensors(cutTensors(weightForms(specs, 'F16'), toHalfFloats(change)))
}

/** base + change, each sum rounded once to f32; an infinite or NaN change gives the like. @throws {CodecError} as readTensors. */
export function decodeFp16Update(bytes: Uint8Array, base: Weights): Float32Array {
  const values = new Float32Array(base.values.length)
  let position = 0
  for (const tensor of readTensors(bytes, weightForms(base.specs, 'F16'))) {
    const { buffer, byteOffset, length } = alignedBytes(tensor, 2)
    for (const half of new Uint16Array(buffer, byteOffset, length / 2)) {
      values[position] = (base.values[position] as number) + fromHalfFloat(half)
      position++
    }
  }
  return values
}
