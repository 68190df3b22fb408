import { readFile } from 'node:fs/promises'
import { type ArrayData, decodeSafetensors, FedError, type Tensor } from '@fednode/protocol'
import { dataError } from './data-error.ts'
import type { DataFile } from './data-file.ts'
import { numberClasses } from './number-classes.ts'
import { MAX_ARRAY_BYTES, type RawArrays, type SeenArrays } from './raw-arrays.ts'

/**
 * Reads `features` U8 [n, ...shape], and `labels` U8 [n] where the data has classes.
 * @throws {UserError} DATA_BAD_ARRAY, DATA_TOO_LARGE.
 */
export async function readSafetensors(file: DataFile, data: ArrayData): Promise<RawArrays> {
  const tensors = await readTensors(file)
  const tensor = tensorOf(tensors, 'features', file)
  if (data.classes === undefined) {
    const count = tensor.shape[0] ?? 0
    const features = checkTensor(tensor, { name: 'features', shape: [count, ...data.shape], file })
    return { features, labels: undefined, count }
  }
  const labelTensor = tensorOf(tensors, 'labels', file)
  const count = labelTensor.shape[0] ?? 0
  return {
    features: checkTensor(tensor, { name: 'features', shape: [count, ...data.shape], file }),
    labels: checkTensor(labelTensor, { name: 'labels', shape: [count], file }),
    count,
  }
}

/** Dimensions of a row, and the classes that the labels count where there are some. @throws {UserError} as readSafetensors. */
export async function lookAtSafetensors(file: DataFile): Promise<SeenArrays> {
  const tensors = await readTensors(file)
  const [, ...shape] = tensorOf(tensors, 'features', file).shape
  const labels = tensors.get('labels')
  return { shape, classes: labels === undefined ? undefined : numberClasses(labels.bytes) }
}

async function readTensors(file: DataFile): Promise<ReadonlyMap<string, Tensor>> {
  if (file.sizeBytes > MAX_ARRAY_BYTES)
    throw dataError('DATA_TOO_LARGE', `${file.name} has ${file.sizeBytes} bytes`, {
      hint: `An array file may have ${MAX_ARRAY_BYTES} bytes.`,
    })
  return decode(await readFile(file.path), file)
}

function decode(bytes: Uint8Array, file: DataFile): ReadonlyMap<string, Tensor> {
  try {
    return decodeSafetensors(bytes)
  } catch (cause) {
    if (!(cause instanceof FedError)) throw cause
    throw dataError('DATA_BAD_ARRAY', `${file.name} is not a safetensors file: ${cause.message}`, {
      cause,
    })
  }
}

function tensorOf(tensors: ReadonlyMap<string, Tensor>, name: string, file: DataFile): Tensor {
  const tensor = tensors.get(name)
  if (tensor !== undefined) return tensor
  throw dataError('DATA_BAD_ARRAY', `${file.name}: there is no tensor "${name}"`, {
    hint: `The file has: ${[...tensors.keys()].join(', ')}.`,
  })
}

function checkTensor(
  tensor: Tensor,
  expected: { readonly name: string; readonly shape: readonly number[]; readonly file: DataFile },
): Uint8Array {
  const { name, shape, file } = expected
  const actual = `${tensor.dtype} [${tensor.shape.join(', ')}]`
  const wanted = `U8 [${shape.join(', ')}]`
  if (actual === wanted) return tensor.bytes
  throw dataError(
    'DATA_BAD_ARRAY',
    `${file.name}: "${name}" is ${actual}, the manifest asks for ${wanted}`,
  )
}
