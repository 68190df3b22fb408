import { closeSync, read, readSync, write, writeSync } from 'node:fs'
import { promisify } from 'node:util'
import { printable, type UserError } from '@fednode/protocol'
import { dataError } from './data-error.ts'
import { openNamelessFile } from './nameless-file.ts'

/** Features as they stand in memory: numbers, or bytes of arrays. */
export type FeatureValues = Float32Array | Uint8Array

/**
 * Rows of a fixed width in a private file without a name, in the byte order of this machine, which alone reads it. Reading and writing
 * take whole rows. What the disk refuses is a UserError DATA_DISK_FULL or DATA_DISK_FAILED (exit code 6).
 */
export type RowFile = {
  /** Values of one row. */
  readonly width: number
  readonly rowBytes: number
  /** How much memory whoever works through the file may take for rows, in bytes. */
  readonly windowBytes: number
  /** Memory for rows, all zero. */
  allocate(rows: number): FeatureValues
  /** Fills `to` with rows from number `start` on. */
  read(start: number, to: FeatureValues): Promise<void>
  /** The same before it returns. */
  readNow(start: number, to: FeatureValues): void
  /** Writes rows from number `start` on. */
  write(start: number, from: FeatureValues): Promise<void>
  writeNow(start: number, from: FeatureValues): void
  /** An empty file beside this one, for rows like these. */
  another(): RowFile
  /** Frees its room on the disk. Idempotent. */
  close(): void
}

/** What a file of rows is made of. */
export type RowFileOptions = {
  /** Where it lies; made where it is not there. */
  readonly directory: string
  readonly width: number
  readonly type: 'float32' | 'uint8'
  readonly windowBytes: number
  /** What the rows are of, for errors. */
  readonly name: string
}

const MAX_FILE_BYTES = 1_099_511_627_776
/** Rows are numbered with 32 bits. */
const MAX_ROWS = 4_294_967_295
const NO_ROOM: readonly unknown[] = ['ENOSPC', 'EDQUOT', 'EFBIG']
const readLater = promisify(read)
const writeLater = promisify(write)

/** An empty file for rows. @throws {UserError} DATA_DISK_FULL, DATA_DISK_FAILED. */
export function createRowFile(options: RowFileOptions): RowFile {
  const { width, type, windowBytes } = options
  const Values = type === 'uint8' ? Uint8Array : Float32Array
  const rowBytes = width * Values.BYTES_PER_ELEMENT
  const refuse = (cause: unknown): never => {
    throw diskError(cause, options)
  }
  const file = attempt(() => openNamelessFile(options.directory), refuse)
  let isOpen = true
  const placed = (start: number, values: FeatureValues) => ({
    bytes: new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
    position: start * rowBytes,
  })
  const checked = (start: number, values: FeatureValues): ReturnType<typeof placed> => {
    const end = start + values.length / width
    if (end > MAX_ROWS || end * rowBytes > MAX_FILE_BYTES) throw tooLarge(options)
    return placed(start, values)
  }
  return {
    ...{ width, rowBytes, windowBytes },
    allocate: (rows) => new Values(rows * width),
    async read(start, to) {
      const { bytes, position } = placed(start, to)
      return all(bytes.length, async (at, left) => {
        return (await readLater(file, bytes, at, left, position + at)).bytesRead
      }).catch(refuse)
    },
    readNow(start, to) {
      const { bytes, position } = placed(start, to)
      const step = (at: number, left: number) => readSync(file, bytes, at, left, position + at)
      attempt(() => allNow(bytes.length, step), refuse)
    },
    async write(start, from) {
      const { bytes, position } = checked(start, from)
      return all(bytes.length, async (at, left) => {
        return (await writeLater(file, bytes, at, left, position + at)).bytesWritten
      }).catch(refuse)
    },
    writeNow(start, from) {
      const { bytes, position } = checked(start, from)
      const step = (at: number, left: number) => writeSync(file, bytes, at, left, position + at)
      attempt(() => allNow(bytes.length, step), refuse)
    },
    another: () => createRowFile(options),
    close() {
      if (isOpen) closeSync(file)
      isOpen = false
    },
  }
}

function attempt<T>(work: () => T, refuse: (cause: unknown) => never): T {
  try {
    return work()
  } catch (error) {
    return refuse(error)
  }
}

/** The system may take or give less than it was asked for. */
async function all(
  length: number,
  step: (at: number, left: number) => Promise<number>,
): Promise<void> {
  for (let at = 0; at < length; ) at += moved(await step(at, length - at))
}

function allNow(length: number, step: (at: number, left: number) => number): void {
  for (let at = 0; at < length; ) at += moved(step(at, length - at))
}

function moved(bytes: number): number {
  if (bytes > 0) return bytes
  throw new RangeError('the file ends before its rows do')
}

function diskError(cause: unknown, { name, directory }: RowFileOptions): UserError {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  const where = printable(directory)
  if (NO_ROOM.includes(code))
    return dataError('DATA_DISK_FULL', `${where}: the disk has no room for the rows of ${name}`, {
      hint: 'Free some room there, give a --dir on another disk, or raise --memory-limit so that the rows stay in memory.',
      cause,
    })
  const why = cause instanceof Error ? cause.message : String(cause)
  return dataError(
    'DATA_DISK_FAILED',
    `${where}: rows of ${name} cannot be kept: ${printable(why)}`,
    {
      hint: 'Check that this user may write there and that the disk works.',
      cause,
    },
  )
}

function tooLarge({ name, width }: RowFileOptions): UserError {
  return dataError('DATA_TOO_LARGE', `${name}: too many rows of ${width} features`, {
    hint: `On disk there may be ${MAX_FILE_BYTES} bytes of features and ${MAX_ROWS} rows.`,
  })
}
