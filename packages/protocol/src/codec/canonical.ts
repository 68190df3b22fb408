import { decode, encode } from '@ipld/dag-cbor'
import { MAX_BLOB_BYTES, MAX_DEPTH } from '../limits.ts'
import { checkCborDepth } from './cbor-depth.ts'
import { CodecError } from './errors.ts'
import { isForbiddenKey } from './forbidden-keys.ts'

/**
 * The one encoding of a value that peers sign, hash and send: DAG-CBOR restricted to null, booleans, safe integers, text, bytes,
 * arrays and objects with text keys. No floats (quantise first, see numbers.ts), no tags (CIDs travel as text), no undefined.
 * @throws {CodecError} CODEC_NOT_ENCODABLE, CODEC_TOO_DEEP, CODEC_FORBIDDEN_KEY.
 * @see https://ipld.io/specs/codecs/dag-cbor/spec/
 */
export function encodeCanonical(value: unknown): Uint8Array {
  assertEncodable(value, 0)
  // Sometimes the library returns a Buffer, whose slice() shares memory: callers get the plain type, always.
  return Uint8Array.from(encode(value))
}

/**
 * Reads what `encodeCanonical` writes and nothing else: sizes and nesting are checked before anything is built, and the result must
 * encode to the very same bytes (T17, T18).
 * @param options.maxBytes - refused above it, before decoding; default MAX_BLOB_BYTES.
 * @throws {CodecError} CODEC_TOO_LARGE, CODEC_TOO_DEEP, CODEC_NOT_CANONICAL, CODEC_FORBIDDEN_KEY, CODEC_NOT_ENCODABLE.
 */
export function decodeCanonical(bytes: Uint8Array, options: { maxBytes?: number } = {}): unknown {
  const { maxBytes = MAX_BLOB_BYTES } = options
  if (bytes.length > maxBytes) {
    throw new CodecError(`${bytes.length} bytes of CBOR, at most ${maxBytes} are allowed`, {
      code: 'CODEC_TOO_LARGE',
      size: bytes.length,
      limit: maxBytes,
    })
  }
  checkCborDepth(bytes)
  const value = decodeStrictly(bytes)
  if (!sameBytes(encodeCanonical(value), bytes)) {
    throw notCanonical('there is a shorter or differently ordered encoding of the same value')
  }
  return value
}

/** Whether two byte strings are equal; not constant in time, so never for secrets. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && Buffer.compare(a, b) === 0
}

function decodeStrictly(bytes: Uint8Array): unknown {
  try {
    return decode(bytes)
  } catch (cause) {
    throw notCanonical(cause instanceof Error ? cause.message : 'not CBOR', cause)
  }
}

function assertEncodable(value: unknown, depth: number): void {
  if (depth > MAX_DEPTH) {
    throw new CodecError(`nested deeper than ${MAX_DEPTH}`, {
      code: 'CODEC_TOO_DEEP',
      limit: MAX_DEPTH,
    })
  }
  if (value === null || typeof value === 'boolean' || value instanceof Uint8Array) return
  if (typeof value === 'number') assertInteger(value)
  else if (typeof value === 'string') assertText(value)
  else if (Array.isArray(value)) {
    // for, not forEach: holes of a sparse array must be seen as undefined
    for (const item of value) assertEncodable(item, depth + 1)
  } else if (isPlainObject(value)) {
    for (const [key, item] of Object.entries(value)) {
      assertKey(key)
      assertEncodable(item, depth + 1)
    }
  } else throw notEncodable(`a ${typeof value} has no encoding`)
}

function assertInteger(value: number): void {
  if (!Number.isSafeInteger(value)) {
    throw notEncodable(`${value} is not an integer between -2^53 and 2^53`)
  }
}

function assertText(value: string): void {
  if (!value.isWellFormed()) throw notEncodable('text with a lone surrogate')
}

function assertKey(key: string): void {
  assertText(key)
  if (isForbiddenKey(key)) {
    throw new CodecError(`the key "${key}" is not allowed`, { code: 'CODEC_FORBIDDEN_KEY', key })
  }
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

function notEncodable(reason: string): CodecError {
  return new CodecError(`cannot be encoded: ${reason}`, { code: 'CODEC_NOT_ENCODABLE', reason })
}

function notCanonical(reason: string, cause?: unknown): CodecError {
  return new CodecError(
    `not canonical CBOR: ${reason}`,
    { code: 'CODEC_NOT_CANONICAL', reason },
    { cause },
  )
}
