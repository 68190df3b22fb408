import type { Dataset } from '../../../packages/engine/src/index.ts'
import { LabDataError } from './lab-data-error.ts'
import { readSharedData } from './shared-data.ts'

const PIXELS = 784
const CLASSES = 10
const IMAGES_MAGIC = 2051
const LABELS_MAGIC = 2049
const IMAGES_HEADER = 16
const LABELS_HEADER = 8

/** Digits with the person who wrote each: row i of `features` (784 bytes, 0 is background) is by `writers[i]`. */
export type WrittenDigits = Dataset & {
  readonly features: Uint8Array
  readonly writers: Int32Array
  /** NIST series: 0 employees, 4 high-school students. */
  readonly series: Int32Array
}

/**
 * All of MNIST: 60,000 digits of 539 writers to train on, 10,000 of 297 others to test with (QMNIST's writer ids, Yadav & Bottou 2019).
 * @throws {LabDataError} when a file is not what the data set's README says.
 */
export function loadMnist(): { readonly train: WrittenDigits; readonly test: WrittenDigits } {
  return { train: loadPart('train'), test: loadPart('t10k') }
}

function loadPart(part: 'train' | 't10k'): WrittenDigits {
  const images = readIdx(`${part}-images-idx3-ubyte.gz`, IMAGES_MAGIC)
  const labels = readIdx(`${part}-labels-idx1-ubyte.gz`, LABELS_MAGIC)
  const count = labels.readUInt32BE(4)
  return {
    count,
    featureShape: [PIXELS],
    features: new Uint8Array(images.subarray(IMAGES_HEADER, IMAGES_HEADER + count * PIXELS)),
    featureScale: 1 / 255,
    targets: {
      kind: 'classes',
      labels: Int32Array.from(labels.subarray(LABELS_HEADER, LABELS_HEADER + count)),
      classes: CLASSES,
    },
    ...readWriters(`${part}-writers.csv.gz`, count),
  }
}

function readIdx(file: string, magic: number): Buffer {
  const bytes = readSharedData('mnist', file)
  const found = bytes.readUInt32BE(0)
  if (found !== magic) throw new LabDataError(file, `magic number ${found} instead of ${magic}`)
  return bytes
}

/** Lines of `index,label,hsf,writer` below a header, in the order of the digits. */
function readWriters(file: string, count: number): Pick<WrittenDigits, 'writers' | 'series'> {
  const lines = readSharedData('mnist', file).toString('utf8').trim().split('\n').slice(1)
  if (lines.length !== count)
    throw new LabDataError(file, `${lines.length} writers for ${count} digits`)
  const cells = lines.map((line) => line.split(','))
  return {
    writers: Int32Array.from(cells, (row) => Number(row[3])),
    series: Int32Array.from(cells, (row) => Number(row[2])),
  }
}
