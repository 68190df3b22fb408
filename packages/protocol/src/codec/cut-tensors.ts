import { DTYPE_BYTES, type NamedTensor, type TensorForm } from './tensor.ts'
import { sizeOf } from './weights.ts'

/** Cuts `data`, in which the tensors of `forms` lie one after the other, into these tensors: views, not copies. */
export function cutTensors(forms: readonly TensorForm[], data: ArrayBufferView): NamedTensor[] {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
  let position = 0
  return forms.map((form) => {
    const begin = position
    position += DTYPE_BYTES[form.dtype] * sizeOf(form.shape)
    return { ...form, bytes: bytes.subarray(begin, position) }
  })
}
