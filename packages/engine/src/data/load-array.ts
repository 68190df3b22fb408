import { type ArrayData, sizeOf } from '@fednode/protocol'
import { dataError } from './data-error.ts'
import type { DataFile } from './data-file.ts'
import type { DataReading } from './data-reading.ts'
import { type LabelSummary, summariseClasses } from './label-reader.ts'
import type { KeptArrays } from './raw-arrays.ts'
import { readSafetensors } from './read-safetensors.ts'
import type { RowKeeper } from './row-buffer.ts'
import { createViolations } from './violations.ts'

const BYTE_SCALE = 1 / 255

/**
 * Reads arrays of bytes from a safetensors file, IDX files or a folder of images; features stay bytes and are scaled by 1/255 on use.
 * @throws {UserError} DATA_BAD_ARRAY, DATA_BAD_IMAGE, DATA_BAD_LABEL, DATA_NO_ROWS, DATA_TOO_LARGE.
 */
export async function loadArray<Kept extends object>(
  file: DataFile,
  data: ArrayData,
  keeper: RowKeeper<Kept>,
): Promise<DataReading<Kept>> {
  const { kept, labels, count } = await readArrays(file, data, keeper)
  if (count === 0) throw dataError('DATA_NO_ROWS', `${file.name} has no rows`)
  const { targets, ...counts } = targetsOf(labels, data, file)
  return {
    dataset: { count, featureShape: data.shape, ...kept, featureScale: BYTE_SCALE, targets },
    report: { file: file.name, rows: count, used: count, dropped: 0, columns: [], ...counts },
    violations: createViolations(),
    suspicions: [],
  }
}

// Decoders are loaded where there is something to decode.
async function readArrays<Kept extends object>(
  file: DataFile,
  data: ArrayData,
  keeper: RowKeeper<Kept>,
): Promise<KeptArrays<Kept>> {
  const width = sizeOf(data.shape)
  if (file.format === 'images') {
    const { readImages } = await import('./read-images.ts')
    return readImages(file, data, keeper.bytes(width, file.name))
  }
  const { features, ...read } =
    file.format === 'idx'
      ? await (await import('./read-idx.ts')).readIdx(file, data)
      : await readSafetensors(file, data)
  return { ...read, kept: keeper.adopt(features, width, file.name) }
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
