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
  for (let i = 0; i < change.length; i++) {
    if (Math.abs(change[i] as number) >= TOO_LARGE) throw tooLarge(change[i])
  }
  return encodeSafetensors(cutTensors(weightForms(specs, 'F16'), toHalfFloats(change)))
}

/** base + change, each sum rounded once to f32; an infinite or NaN change gives the like. @throws {CodecError} as readTensors. */
export function decodeFp16Update(bytes: Uint8Array, base: Weights): Float32Array {
  const values = new Float32Array(base.values.length)
  let position = 0
  for (const tensor of readTensors(bytes, weightForms(base.specs, 'F16'))) {
    const { buffer, byteOffset, length } = alignedBytes(tensor, 2)
    const halves = new Uint16Array(buffer, byteOffset, length / 2)
    for (let i = 0; i < halves.length; i++, position++) {
      values[position] = (base.values[position] as number) + fromHalfFloat(halves[i] as number)
    }
  }
  return values
}

function tooLarge(change: number | undefined): CodecError {
  const reason = `a weight changed by ${change}, fp16 ends at 65504`
  return new CodecError(`update: ${reason}`, { code: 'CODEC_NOT_ENCODABLE', reason })
}
