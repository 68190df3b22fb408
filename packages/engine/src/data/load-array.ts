import type { ArrayData } from '@fednode/protocol'
import { dataError } from './data-error.ts'
import type { DataFile } from './data-file.ts'
import type { DataReading } from './data-reading.ts'
import { type LabelSummary, summariseClasses } from './label-reader.ts'
import type { RawArrays } from './raw-arrays.ts'
import { readSafetensors } from './read-safetensors.ts'
import { createViolations } from './violations.ts'

const BYTE_SCALE = 1 / 255

/**
 * Reads arrays of bytes from a safetensors file, IDX files or a folder of images; features stay bytes and are scaled by 1/255 on use.
 * @throws {UserError} DATA_BAD_ARRAY, DATA_BAD_IMAGE, DATA_BAD_LABEL, DATA_NO_ROWS, DATA_TOO_LARGE.
 */
export async function loadArray(file: DataFile, data: ArrayData): Promise<DataReading> {
  const { features, labels, count } = await readArrays(file, data)
  if (count === 0) throw dataError('DATA_NO_ROWS', `${file.name} has no rows`)
  const { targets, ...counts } = targetsOf(labels, data, file)
  return {
    dataset: { count, featureShape: data.shape, features, featureScale: BYTE_SCALE, targets },
    report: { file: file.name, rows: count, used: count, dropped: 0, columns: [], ...counts },
    violations: createViolations(),
    suspicions: [],
  }
}

// Decoders are loaded where there is something to decode.
async function readArrays(file: DataFile, data: ArrayData): Promise<RawArrays> {
  if (file.format === 'idx') return (await import('./read-idx.ts')).readIdx(file, data)
  if (file.format === 'images') return (await import('./read-images.ts')).readImages(file, data)
  return readSafetensors(file, data)
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
