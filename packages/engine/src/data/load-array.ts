import { readFile } from 'node:fs/promises'
import { type ArrayData, decodeSafetensors, FedError, type Tensor } from '@fednode/protocol'
import { dataError } from './data-error.ts'
import type { DataFile } from './data-file.ts'
import type { LoadedDataset } from './load-dataset.ts'

/** Bytes of one array file; it is held in memory whole. */
const MAX_ARRAY_FILE_BYTES = 1_073_741_824
const BYTE_SCALE = 1 / 255

/**
 * Reads `features` U8 [n, ...shape] and `labels` U8 [n] from a safetensors file; features stay bytes and are scaled by 1/255 on use.
 * @throws {UserError} DATA_BAD_ARRAY, DATA_BAD_LABEL, DATA_NO_ROWS, DATA_TOO_LARGE.
 */
export async function loadArray(file: DataFile, data: ArrayData): Promise<LoadedDataset> {
  if (file.sizeBytes > MAX_ARRAY_FILE_BYTES)
    throw dataError('DATA_TOO_LARGE', `${file.name} has ${file.sizeBytes} bytes`, {
      hint: `An array file may have ${MAX_ARRAY_FILE_BYTES} bytes.`,
    })
  const tensors = decode(await readFile(file.path), file)
  const labelTensor = tensorOf(tensors, 'labels', file)
  const count = labelTensor.shape[0] ?? 0
  const features = checkTensor(tensorOf(tensors, 'features', file), {
    name: 'features',
    shape: [count, ...data.shape],
    file,
  })
  const bytes = checkTensor(labelTensor, { name: 'labels', shape: [count], file })
  if (count === 0) throw dataError('DATA_NO_ROWS', `${file.name} has no rows`)
  const labels = Int32Array.from(bytes)
  const classes = data.classes.length
  return {
    dataset: {
      count,
      featureShape: data.shape,
      features,
      featureScale: BYTE_SCALE,
      labels,
      classes,
    },
    report: {
      file: file.name,
      rows: count,
      used: count,
      dropped: 0,
      columns: [],
      labels: countLabels(labels, data, file),
    },
  }
}

function countLabels(labels: Int32Array, { classes }: ArrayData, file: DataFile) {
  const counts = classes.map((name) => ({ name, count: 0 }))
  labels.forEach((label, i) => {
    const entry = counts[label]
    if (entry === undefined)
      throw dataError(
        'DATA_BAD_LABEL',
        `${file.name}: labels row ${i + 1}: ${label} is not a class index from 0 to ${classes.length - 1}`,
      )
    entry.count++
  })
  return counts
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
