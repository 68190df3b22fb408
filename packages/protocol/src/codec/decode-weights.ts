import { CodecError } from './errors.ts'
import { decodeSafetensors } from './safetensors.ts'
import type { Tensor } from './tensor.ts'
import { sizeOf, type TensorSpec, type Weights } from './weights.ts'

/**
 * Reads weights of a known model: exactly the tensors of `specs`, in their order, F32. Values may be anything, NaN included:
 * see checkUpdateContent.
 * @returns weights with their own copy of the values.
 * @throws {CodecError} CODEC_WRONG_TENSORS naming the first tensor that differs; else as decodeSafetensors.
 */
export function decodeWeights(bytes: Uint8Array, specs: readonly TensorSpec[]): Weights {
  const tensors = decodeSafetensors(bytes)
  if (tensors.size !== specs.length) {
    throw wrong(`${tensors.size} tensors, the model has ${specs.length}`)
  }
  const total = specs.reduce((sum, { shape }) => sum + sizeOf(shape), 0)
  const values = new Float32Array(total)
  // Bytes are copied, not viewed: the file may lie at any alignment, and the caller may reuse it. Hosts are little-endian.
  const target = new Uint8Array(values.buffer)
  let position = 0
  let index = 0
  for (const [name, tensor] of tensors) {
    checkTensor(name, tensor, specs[index])
    target.set(tensor.bytes, position)
    position += tensor.bytes.length
    index += 1
  }
  return { specs, values }
}

function checkTensor(name: string, tensor: Tensor, spec: TensorSpec | undefined): void {
  if (spec === undefined || spec.name !== name) {
    throw wrong(`tensor "${name}" where the model has "${spec?.name ?? 'none'}"`)
  }
  if (tensor.dtype !== 'F32') throw wrong(`tensor "${name}" is ${tensor.dtype}, not F32`)
  if (!sameShape(tensor.shape, spec.shape)) {
    throw wrong(`tensor "${name}" is [${tensor.shape}], the model has [${spec.shape}]`)
  }
}

function sameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((dimension, i) => dimension === b[i])
}

function wrong(reason: string): CodecError {
  return new CodecError(`weights: ${reason}`, { code: 'CODEC_WRONG_TENSORS', reason })
}
