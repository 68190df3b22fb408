import { MAX_BLOB_BYTES, MAX_RANK, MAX_TENSORS } from '../limits.ts'
import { CodecError } from './errors.ts'
import { METADATA_KEY } from './metadata-key.ts'
import { parseStrictJson } from './strict-json.ts'
import { DTYPE_BYTES, type Dtype, isTensorName } from './tensor.ts'

const ENTRY_KEYS: ReadonlySet<string> = new Set(['dtype', 'shape', 'data_offsets'])

/** Where one tensor lies: `begin` and `end` count from the end of the header. */
export type HeaderEntry = {
  readonly name: string
  readonly dtype: Dtype
  readonly shape: readonly number[]
  readonly begin: number
  readonly end: number
}

/**
 * Reads and fully checks the JSON header of a safetensors file with `dataBytes` bytes of data.
 * @returns entries in the order of their data.
 * @throws {CodecError} see decodeSafetensors.
 */
export function parseSafetensorsHeader(header: Uint8Array, dataBytes: number): HeaderEntry[] {
  const fields = parseObject(header)
  const count = fields.filter(([name]) => name !== METADATA_KEY).length
  if (count > MAX_TENSORS) throw bad(`${count} tensors, at most ${MAX_TENSORS} are allowed`)
  const entries: HeaderEntry[] = []
  for (const [name, value] of fields) {
    if (name === METADATA_KEY) checkMetadata(value)
    else entries.push(parseEntry(name, value))
  }
  entries.sort((a, b) => a.begin - b.begin || a.end - b.end)
  checkCoverage(entries, dataBytes)
  return entries
}

/** The texts about the file as a whole; none where it has none. @throws {CodecError} see decodeSafetensors. */
export function parseSafetensorsNotes(header: Uint8Array): Readonly<Record<string, string>> {
  const notes = parseObject(header).find(([name]) => name === METADATA_KEY)?.[1] ?? {}
  checkMetadata(notes)
  return notes
}

function parseObject(header: Uint8Array): [string, unknown][] {
  // The format wants "{" first; leading white space is not allowed.
  if (header[0] !== 0x7b) throw bad('the header does not start with {')
  const value = parseStrictJson(decodeText(header))
  if (!isObject(value)) throw bad('the header is not an object')
  return Object.entries(value)
}

function decodeText(header: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(header)
  } catch (cause) {
    throw bad('the header is not UTF-8', cause)
  }
}

function checkMetadata(value: unknown): asserts value is Record<string, string> {
  if (!isObject(value) || Object.values(value).some((item) => typeof item !== 'string')) {
    throw bad('__metadata__ is not a map of texts')
  }
}

function parseEntry(name: string, value: unknown): HeaderEntry {
  if (!isTensorName(name)) throw bad('a tensor name with characters that are not allowed')
  if (!isObject(value)) throw bad(`tensor "${name}" is not described by an object`)
  for (const key of Object.keys(value)) {
    if (!ENTRY_KEYS.has(key)) throw bad(`tensor "${name}" has an unknown key`)
  }
  const { dtype, shape, data_offsets: offsets } = value
  if (!isDtype(dtype)) throw bad(`tensor "${name}" has an unknown dtype`)
  if (!isShape(shape)) throw bad(`tensor "${name}" has no valid shape`)
  if (!isOffsets(offsets)) throw bad(`tensor "${name}" has no valid data_offsets`)
  const [begin, end] = offsets
  if (end - begin !== sizeInBytes(dtype, shape)) {
    throw bad(`tensor "${name}" has ${end - begin} bytes, which do not fill its shape`)
  }
  return { name, dtype, shape, begin, end }
}

function checkCoverage(entries: readonly HeaderEntry[], dataBytes: number): void {
  let position = 0
  for (const { name, begin, end } of entries) {
    if (begin !== position) throw bad(`tensor "${name}" leaves a gap or overlaps another`)
    position = end
  }
  if (position !== dataBytes) {
    throw bad(`the tensors cover ${position} bytes of data, the file holds ${dataBytes}`)
  }
}

function sizeInBytes(dtype: Dtype, shape: readonly number[]): number {
  let size: number = DTYPE_BYTES[dtype]
  for (const dimension of shape) {
    size *= dimension
    // Beyond this no later factor can make it valid, and beyond 2^53 it would be inexact.
    if (size > MAX_BLOB_BYTES) throw bad('a tensor larger than a blob may be')
  }
  return size
}

function isDtype(value: unknown): value is Dtype {
  return typeof value === 'string' && Object.hasOwn(DTYPE_BYTES, value)
}

function isShape(value: unknown): value is number[] {
  return Array.isArray(value) && value.length <= MAX_RANK && value.every(isSize)
}

function isOffsets(value: unknown): value is [number, number] {
  if (!Array.isArray(value) || value.length !== 2) return false
  const [begin, end]: unknown[] = value
  return isSize(begin) && isSize(end) && begin <= end
}

function isSize(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function bad(reason: string, cause?: unknown): CodecError {
  return new CodecError(
    `safetensors: ${reason}`,
    { code: 'CODEC_BAD_SAFETENSORS', reason },
    { cause },
  )
}
