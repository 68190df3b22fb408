import { cutTensors } from './cut-tensors.ts'
import { CodecError } from './errors.ts'
import { maxFileBytes } from './max-file-bytes.ts'
import { encodeSafetensors } from './safetensors.ts'
import { weightForms } from './weight-forms.ts'
import { countValues, type TensorSpec, type Weights } from './weights.ts'

/**
 * Weights as a safetensors file, tensors in the order of `specs`, F32. The same weights give the same bytes, hence the same CID.
 * @param notes - see encodeSafetensors; a model that travels has none.
 * @throws {CodecError} CODEC_WRONG_TENSORS when `values` does not fill `specs`.
 */
export function encodeWeights(
  weights: Weights,
  notes: Readonly<Record<string, string>> = {},
): Uint8Array {
  const { specs, values } = weights
  const total = countValues(specs)
  if (total !== values.length) {
    const reason = `${values.length} values for shapes of ${total}`
    throw new CodecError(`weights: ${reason}`, { code: 'CODEC_WRONG_TENSORS', reason })
  }
  return encodeSafetensors(cutTensors(weightForms(specs), values), notes)
}

/** Largest file in bytes that may hold the weights of `specs`: their canonical file and some room for another writer's header. */
export function maxWeightsBytes(specs: readonly TensorSpec[]): number {
  return maxFileBytes(weightForms(specs))
}
