import { CodecError } from './errors.ts'
import { decodeSafetensors } from './safetensors.ts'
import type { Tensor, TensorForm } from './tensor.ts'

/**
 * Reads a safetensors file that holds exactly the tensors of `forms`, their data in this order.
 * @returns the data of each, as views into `bytes` at any alignment.
 * @throws {CodecError} CODEC_WRONG_TENSORS naming the first tensor that differs; else as decodeSafetensors.
 */
export function readTensors(
  bytes: Uint8Array,
  forms: readonly TensorForm[],
): readonly Uint8Array[] {
  const tensors = [...decodeSafetensors(bytes)]
  if (tensors.length !== forms.length) {
    throw wrong(`${tensors.length} tensors, the model has ${forms.length}`)
  }
  return tensors.map(([name, tensor], index) => {
    checkTensor(name, tensor, forms[index])
    return tensor.bytes
  })
}

function checkTensor(name: string, tensor: Tensor, form: TensorForm | undefined): void {
  if (form === undefined || form.name !== name) {
    throw wrong(`tensor "${name}" where the model has "${form?.name ?? 'none'}"`)
  }
  if (tensor.dtype !== form.dtype) {
    throw wrong(`tensor "${name}" is ${tensor.dtype}, not ${form.dtype}`)
  }
  if (!sameShape(tensor.shape, form.shape)) {
    throw wrong(`tensor "${name}" is [${tensor.shape}], the model has [${form.shape}]`)
  }
}

function sameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((dimension, i) => dimension === b[i])
}

function wrong(reason: string): CodecError {
  return new CodecError(`weights: ${reason}`, { code: 'CODEC_WRONG_TENSORS', reason })
}
