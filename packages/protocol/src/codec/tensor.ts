/** Element types of tensors in files, with their size in bytes. Names as in safetensors; all little-endian. */
export const DTYPE_BYTES = { F64: 8, I64: 8, F32: 4, I32: 4, U32: 4, F16: 2, I8: 1, U8: 1 } as const

export type Dtype = keyof typeof DTYPE_BYTES

/** One tensor of a safetensors file: row-major, little-endian. `bytes` is a view into the file, at any alignment. */
export type Tensor = {
  readonly dtype: Dtype
  readonly shape: readonly number[]
  readonly bytes: Uint8Array
}

/** A tensor with its label; the label is never a path. */
export type NamedTensor = Tensor & { readonly name: string }

/** What a tensor of a file is, without its data. */
export type TensorForm = Omit<NamedTensor, 'bytes'>

const TENSOR_NAME = /^[A-Za-z0-9_.:/-]{1,200}$/

/** Whether `name` may label a tensor: 1 to 200 characters of A-Z a-z 0-9 _ . : / - (T19, T22). */
export function isTensorName(name: string): boolean {
  return TENSOR_NAME.test(name)
}
