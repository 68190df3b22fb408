import { readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { type ArrayData, printable, sizeOf } from '@fednode/protocol'
import { dataError } from './data-error.ts'
import type { DataFile } from './data-file.ts'
import { numberClasses } from './number-classes.ts'
import { MAX_ARRAY_BYTES, type RawArrays, type SeenArrays } from './raw-arrays.ts'

/** One IDX file: unsigned bytes with their dimensions (http://yann.lecun.com/exdb/mnist). */
type Idx = {
  readonly name: string
  readonly dimensions: readonly number[]
  readonly bytes: Uint8Array
}

const UNSIGNED_BYTES = 8
const MAX_RANK = 8
const WORD = 4
const unpack = promisify(gunzip)

/**
 * Reads images from an IDX file and their classes from the one beside it: train-images-idx3-ubyte.gz and train-labels-idx1-ubyte.gz.
 * @throws {UserError} DATA_BAD_ARRAY, DATA_TOO_LARGE, DATA_FILE_NOT_FOUND.
 */
export async function readIdx(file: DataFile, data: ArrayData): Promise<RawArrays> {
  const images = await readOne(file.path)
  const [count = 0, ...shape] = images.dimensions
  const isFlat = data.shape.length === 1
  const found = isFlat ? [sizeOf(shape)] : shape
  if (withoutOnes(found) !== withoutOnes(data.shape))
    throw dataError(
      'DATA_BAD_ARRAY',
      `${file.name} has rows of [${shape.join(', ')}], the manifest asks for [${data.shape.join(', ')}]`,
    )
  if (data.classes === undefined) return { features: images.bytes, labels: undefined, count }
  const labels = await readOne(labelsPath(file))
  if (labels.dimensions.length === 1 && labels.dimensions[0] === count)
    return { features: images.bytes, labels: labels.bytes, count }
  throw dataError(
    'DATA_BAD_ARRAY',
    `${labels.name} has [${labels.dimensions.join(', ')}] labels, ${file.name} has ${count} rows`,
  )
}

/** Dimensions of a row, and the classes that the labels count; those are read where they are wanted. @throws {UserError} as readIdx. */
export async function lookAtIdx(file: DataFile, isLabelled: boolean): Promise<SeenArrays> {
  const { dimensions } = await readOne(file.path)
  const [, height = 1, ...rest] = dimensions
  // A convolution wants the channel, of which there is one.
  const shape = rest.length === 1 ? [height, ...rest, 1] : [height, ...rest]
  if (!isLabelled) return { shape, classes: undefined }
  const { bytes } = await readOne(labelsPath(file))
  return { shape, classes: numberClasses(bytes) }
}

function withoutOnes(shape: readonly number[]): string {
  return shape.filter((size) => size !== 1).join(',')
}

/** Where the classes of an IDX file of images are. @throws {UserError} DATA_BAD_ARRAY when its name does not say. */
export function labelsPath({ path, name }: DataFile): string {
  const labels = basename(path).replace('images', 'labels').replace('idx3', 'idx1')
  if (labels !== basename(path)) return join(dirname(path), labels)
  throw dataError('DATA_BAD_ARRAY', `${name}: its name does not say where the labels are`, {
    hint: 'Call the files  …images…  and  …labels…,  as MNIST does: train-images-idx3-ubyte.gz and train-labels-idx1-ubyte.gz.',
  })
}

async function readOne(path: string): Promise<Idx> {
  const name = printable(basename(path))
  const packed = await readFile(path).catch((cause: unknown) => {
    throw dataError('DATA_FILE_NOT_FOUND', `there is no file ${printable(path)}`, {
      hint: 'Images and labels lie in one folder.',
      cause,
    })
  })
  const bytes = path.toLowerCase().endsWith('.gz') ? await unpackOne(packed, name) : packed
  const rank = bytes[3] ?? 0
  const isIdx = bytes[0] === 0 && bytes[1] === 0 && bytes[2] === UNSIGNED_BYTES
  const start = WORD * (rank + 1)
  if (!isIdx || rank === 0 || rank > MAX_RANK || bytes.length < start) throw noIdx(name)
  const dimensions = Array.from({ length: rank }, (_, i) => bytes.readUInt32BE(WORD * (i + 1)))
  if (bytes.length !== start + sizeOf(dimensions)) throw noIdx(name)
  return { name, dimensions, bytes: new Uint8Array(bytes.subarray(start)) }
}

async function unpackOne(packed: Buffer, name: string): Promise<Buffer> {
  try {
    return await unpack(packed, { maxOutputLength: MAX_ARRAY_BYTES })
  } catch (cause) {
    throw dataError('DATA_BAD_ARRAY', `${name} cannot be unpacked`, {
      hint: `It has to be gzip, and at most ${MAX_ARRAY_BYTES} bytes when it is unpacked.`,
      cause,
    })
  }
}

function noIdx(name: string) {
  return dataError('DATA_BAD_ARRAY', `${name} is not an IDX file of unsigned bytes`)
}
