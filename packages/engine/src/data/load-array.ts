import { readFile } from 'node:fs/promises'
import { type ArrayData, decodeSafetensors, FedError, type Tensor } from '@fednode/protocol'
import { dataError } from './data-error.ts'
import type { DataFile } from './data-file.ts'
import type { DataReading } from './data-reading.ts'
import { type LabelSummary, summariseClasses } from './label-reader.ts'
import { createViolations } from './violations.ts'

/** Bytes of one array file; it is held in memory whole. */
const MAX_ARRAY_FILE_BYTES = 1_073_741_824
const BYTE_SCALE = 1 / 255

/** Pixels or other bytes of some rows, and the class of each; no classes where the task has none. */
export type RawArrays = {
  readonly features: Uint8Array
  readonly labels: Uint8Array | undefined
  readonly count: number
}

/**
 * Reads arrays of bytes from a safetensors file, IDX files or a folder of images; features stay bytes and are scaled by 1/255 on use.
 * @throws {UserError} DATA_BAD_ARRAY, DATA_BAD_IMAGE, DATA_BAD_LABEL, DATA_NO_ROWS, DATA_TOO_LARGE.
 */
export async function loadArray(file: DataFile, data: ArrayData): Promise<DataReading> {
  const { features, labels, count } = await readSafetensors(file, data)
  if (count === 0) throw dataError('DATA_NO_ROWS', `${file.name} has no rows`)
  const { targets, ...counts } = targetsOf(labels, data, file)
  return {
    dataset: { count, featureShape: data.shape, features, featureScale: BYTE_SCALE, targets },
    report: { file: file.name, rows: count, used: count, dropped: 0, columns: [], ...counts },
    violations: createViolations(),
    suspicions: [],
  }
}

/** `features` U8 [n, ...shape], and `labels` U8 [n] where the data has classes. */
async function readSafetensors(file: DataFile, data: ArrayData): Promise<RawArrays> {
  if (file.sizeBytes > MAX_ARRAY_FILE_BYTES)
    throw dataError('DATA_TOO_LARGE', `${file.name} has ${file.sizeBytes} bytes`, {
      hint: `An array file may have ${MAX_ARRAY_FILE_BYTES} bytes.`,
    })
  const tensors = decode(await readFile(file.path), file)
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

function targetsOf(
  bytes: Uint8Array | undefined,
  { classes = [] }: ArrayData,
  file: DataFile,
): Pick<LabelSummary, 'targets' | 'labels' | 'warnings'> {
  if (bytes === undefined) return { targets: { kind: 'reconstruction' }, labels: [], warnings: [] }
  const wrong = bytes.findIndex((label) => label >= classes.length)
  if (wrong >= 0)
    throw dataError(
      'DATA_BAD_LABEL',
      `${file.name}: labels row ${wrong + 1}: ${bytes[wrong]} is not a class index from 0 to ${classes.length - 1}`,
    )
  const labels = Int32Array.from(bytes)
  return {
    targets: { kind: 'classes', labels, classes: classes.length },
    ...summariseClasses(labels, classes),
  }
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
