import { readTensors } from './read-tensors.ts'
import { weightForms } from './weight-forms.ts'
import { countValues, type TensorSpec, type Weights } from './weights.ts'

/**
 * Reads weights of a known model: exactly the tensors of `specs`, in their order, F32. Values may be anything, NaN included:
 * see checkUpdateContent.
 * @returns weights with their own copy of the values.
 * @throws {CodecError} CODEC_WRONG_TENSORS naming the first tensor that differs; else as decodeSafetensors.
 */
export function decodeWeights(bytes: Uint8Array, specs: readonly TensorSpec[]): Weights {
  const tensors = readTensors(bytes, weightForms(specs))
  const values = new Float32Array(countValues(specs))
  // Bytes are copied, not viewed: the file may lie at any alignment, and the caller may reuse it. Hosts are little-endian.
  const target = new Uint8Array(values.buffer)
  let position = 0
  for (const tensor of tensors) {
    target.set(tensor, position)
    position += tensor.length
  }
  return { specs, values }
}
