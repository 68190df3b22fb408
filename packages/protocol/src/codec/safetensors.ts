import { MAX_BLOB_BYTES, MAX_SAFETENSORS_HEADER_BYTES } from '../limits.ts'
import { CodecError } from './errors.ts'
import { METADATA_KEY } from './metadata-key.ts'
import { parseSafetensorsHeader, parseSafetensorsNotes } from './safetensors-header.ts'
import { DTYPE_BYTES, type NamedTensor, type Tensor } from './tensor.ts'

const LENGTH_BYTES = 8
const ALIGNMENT = 8
const SPACE = 0x20

/**
 * Writes a safetensors file: u64 LE header length, JSON header with sorted keys padded with spaces to 8 bytes, data. Tensors are laid
 * out by falling element size, then in the order given, so that each is aligned; the same input gives the same bytes.
 * @param notes - texts about the file as a whole, its `__metadata__`.
 * @throws {CodecError} CODEC_BAD_SAFETENSORS for a bad or repeated name, or bytes that do not fill the shape.
 * @see https://huggingface.co/docs/safetensors (format)
 */
export function encodeSafetensors(
  tensors: readonly NamedTensor[],
  notes: Readonly<Record<string, string>> = {},
): Uint8Array {
  const laidOut = tensors.toSorted((a, b) => DTYPE_BYTES[b.dtype] - DTYPE_BYTES[a.dtype])
  const header = encodeHeader(laidOut, notes)
  const dataBytes = laidOut.reduce((sum, tensor) => sum + tensor.bytes.length, 0)
  const file = new Uint8Array(LENGTH_BYTES + header.length + dataBytes)
  new DataView(file.buffer).setBigUint64(0, BigInt(header.length), true)
  file.set(header, LENGTH_BYTES)
  let position = LENGTH_BYTES + header.length
  for (const tensor of laidOut) {
    file.set(tensor.bytes, position)
    position += tensor.bytes.length
  }
  // The reader is the specification of what is valid: names, shapes, sizes.
  decodeSafetensors(file)
  return file
}

/**
 * Reads a safetensors file; everything in its header is checked before the first view is made: size caps, JSON without duplicate keys,
 * names, types, shapes, and offsets that cover the data exactly, without gap or overlap (T8, T19).
 * @returns tensors by name, in the order of their data; `bytes` are views into `bytes`.
 * @throws {CodecError} CODEC_BAD_SAFETENSORS, CODEC_BAD_JSON, CODEC_TOO_LARGE, CODEC_TOO_DEEP, CODEC_FORBIDDEN_KEY.
 */
export function decodeSafetensors(bytes: Uint8Array): ReadonlyMap<string, Tensor> {
  const headerBytes = readHeaderLength(bytes)
  const dataStart = LENGTH_BYTES + headerBytes
  const entries = parseSafetensorsHeader(
    bytes.subarray(LENGTH_BYTES, dataStart),
    bytes.length - dataStart,
  )
  const tensors = new Map<string, Tensor>()
  for (const { name, dtype, shape, begin, end } of entries) {
    tensors.set(name, { dtype, shape, bytes: bytes.subarray(dataStart + begin, dataStart + end) })
  }
  return tensors
}

/** The `__metadata__` of a safetensors file: texts that nobody has vouched for. @throws {CodecError} as decodeSafetensors. */
export function decodeSafetensorsNotes(bytes: Uint8Array): Readonly<Record<string, string>> {
  const headerBytes = readHeaderLength(bytes)
  return parseSafetensorsNotes(bytes.subarray(LENGTH_BYTES, LENGTH_BYTES + headerBytes))
}

function encodeHeader(
  tensors: readonly NamedTensor[],
  notes: Readonly<Record<string, string>>,
): Uint8Array {
  const entries: [string, object][] = Object.keys(notes).length === 0 ? [] : [[METADATA_KEY, notes]]
  let position = 0
  for (const { name, dtype, shape, bytes } of tensors) {
    const end = position + bytes.length
    entries.push([name, { dtype, shape, data_offsets: [position, end] }])
    position = end
  }
  entries.sort(([a], [b]) => (a < b ? -1 : 1))
  // Built by hand: an object would move integer-like names to the front and lose repeated ones.
  const text = entries.map(([name, entry]) => `${JSON.stringify(name)}:${JSON.stringify(entry)}`)
  const json = new TextEncoder().encode(`{${text.join(',')}}`)
  const padded = new Uint8Array(Math.ceil(json.length / ALIGNMENT) * ALIGNMENT).fill(SPACE)
  padded.set(json)
  return padded
}

function readHeaderLength(bytes: Uint8Array): number {
  if (bytes.length > MAX_BLOB_BYTES) throw tooLarge('file', bytes.length, MAX_BLOB_BYTES)
  if (bytes.length < LENGTH_BYTES) throw bad(`${bytes.length} bytes are too few`)
  const declared = new DataView(bytes.buffer, bytes.byteOffset, LENGTH_BYTES).getBigUint64(0, true)
  if (declared > BigInt(MAX_SAFETENSORS_HEADER_BYTES)) {
    throw tooLarge('header', Number(declared), MAX_SAFETENSORS_HEADER_BYTES)
  }
  const length = Number(declared)
  if (length > bytes.length - LENGTH_BYTES) throw bad('the header is longer than the file')
  return length
}

function tooLarge(what: string, size: number, limit: number): CodecError {
  return new CodecError(`safetensors: ${what} of ${size} bytes, at most ${limit} are allowed`, {
    code: 'CODEC_TOO_LARGE',
    size,
    limit,
  })
}

function bad(reason: string): CodecError {
  return new CodecError(`safetensors: ${reason}`, { code: 'CODEC_BAD_SAFETENSORS', reason })
}
