import { CodecError } from './errors.ts'
import { encodeSafetensors } from './safetensors.ts'
import type { NamedTensor } from './tensor.ts'
import { sizeOf, type TensorSpec, type Weights } from './weights.ts'

const FLOAT_BYTES = 4
/** What an update file may have on top of the canonical one: another writer's metadata or padding. */
const HEADER_SLACK_BYTES = 4_096

/**
 * Weights as a safetensors file, tensors in the order of `specs`, F32. The same weights give the same bytes, hence the same CID.
 * @throws {CodecError} CODEC_WRONG_TENSORS when `values` does not fill `specs`.
 */
export function encodeWeights(weights: Weights): Uint8Array {
  const { specs, values } = weights
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
  const total = specs.reduce((sum, { shape }) => sum + sizeOf(shape), 0)
  if (total !== values.length) {
    const reason = `${values.length} values for shapes of ${total}`
    throw new CodecError(`weights: ${reason}`, { code: 'CODEC_WRONG_TENSORS', reason })
  }
  return encodeSafetensors(tensorsOf(specs, bytes))
}

/** Largest file in bytes that may hold the weights of `specs`: their canonical file and some room for another writer's header. */
export function maxWeightsBytes(specs: readonly TensorSpec[]): number {
  const total = specs.reduce((sum, { shape }) => sum + sizeOf(shape), 0)
  const names = specs.reduce((sum, { name, shape }) => sum + name.length + 24 * shape.length, 0)
  // 128: quotes, key words and offsets of one tensor's header entry.
  return FLOAT_BYTES * total + names + 128 * specs.length + HEADER_SLACK_BYTES
}

function tensorsOf(specs: readonly TensorSpec[], bytes: Uint8Array): NamedTensor[] {
  let position = 0
  return specs.map(({ name, shape }) => {
    const begin = position
    position += FLOAT_BYTES * sizeOf(shape)
    return { name, dtype: 'F32', shape, bytes: bytes.subarray(begin, position) }
  })
}
