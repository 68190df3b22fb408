import { DTYPE_BYTES, type TensorForm } from './tensor.ts'
import { sizeOf } from './weights.ts'

/** What a file may have on top of the canonical one: another writer's metadata or padding. */
const HEADER_SLACK_BYTES = 4_096
/** Quotes, key words and offsets of one tensor's header entry. */
const ENTRY_BYTES = 128
/** One dimension of a shape in the header, with its comma. */
const DIMENSION_BYTES = 24

/** Largest safetensors file in bytes that may hold tensors of these forms, and some room for another writer's header (T8). */
export function maxFileBytes(forms: readonly TensorForm[]): number {
  return forms.reduce((sum, { name, dtype, shape }) => {
    const header = name.length + DIMENSION_BYTES * shape.length + ENTRY_BYTES
    return sum + header + DTYPE_BYTES[dtype] * sizeOf(shape)
  }, HEADER_SLACK_BYTES)
}
