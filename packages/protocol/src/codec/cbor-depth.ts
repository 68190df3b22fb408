import { MAX_DEPTH } from '../limits.ts'
import { CodecError } from './errors.ts'

const MAJOR_BYTES = 2
const MAJOR_TEXT = 3
const MAJOR_ARRAY = 4
const MAJOR_MAP = 5

/**
 * Walks the heads of CBOR items without building anything, so that the recursive decoder behind it meets neither deep nesting nor
 * a declared length beyond the input (T8, T18). Accepts only definite lengths and no tags; order and shortest form are checked later.
 * @throws {CodecError} CODEC_TOO_DEEP, CODEC_NOT_CANONICAL.
 */
export function checkCborDepth(bytes: Uint8Array): void {
  // Items still to come at each open level; the outermost level holds the one top item.
  const remaining = [1]
  let position = 0
  while (remaining.length > 0) {
    const left = remaining[remaining.length - 1] ?? 0
    if (left === 0) {
      remaining.pop()
      continue
    }
    remaining[remaining.length - 1] = left - 1
    const head = readHead(bytes, position)
    position = head.next
    if (head.items === 0) continue
    if (remaining.length > MAX_DEPTH) {
      throw new CodecError(`nested deeper than ${MAX_DEPTH}`, {
        code: 'CODEC_TOO_DEEP',
        limit: MAX_DEPTH,
      })
    }
    remaining.push(head.items)
  }
  if (position !== bytes.length) throw malformed('bytes after the end')
}

type Head = { readonly next: number; readonly items: number }

function readHead(bytes: Uint8Array, position: number): Head {
  const first = bytes[position]
  if (first === undefined) throw malformed('it ends early')
  const major = first >> 5
  const { value, next } = readArgument(bytes, position)
  if (major === MAJOR_BYTES || major === MAJOR_TEXT) {
    if (value > bytes.length - next) throw malformed('a length beyond the end')
    return { next: next + value, items: 0 }
  }
  if (major === MAJOR_ARRAY || major === MAJOR_MAP) {
    const items = major === MAJOR_MAP ? value * 2 : value
    // Every item takes at least one byte.
    if (items > bytes.length - next) throw malformed('more items than bytes')
    return { next, items }
  }
  if (major > MAJOR_MAP) assertSimple(first)
  return { next, items: 0 }
}

function readArgument(bytes: Uint8Array, position: number): { value: number; next: number } {
  const info = (bytes[position] ?? 0) & 31
  if (info < 24) return { value: info, next: position + 1 }
  if (info > 27) throw malformed('an indefinite or reserved length')
  const size = 2 ** (info - 24)
  if (position + 1 + size > bytes.length) throw malformed('it ends early')
  let value = 0
  for (let i = 1; i <= size; i++) value = value * 256 + (bytes[position + i] ?? 0)
  return { value, next: position + 1 + size }
}

function assertSimple(first: number): void {
  // 0xf4 false, 0xf5 true, 0xf6 null; everything else is a tag, a float, undefined or reserved.
  if (first < 0xf4 || first > 0xf6) throw malformed('a tag, float or reserved value')
}

function malformed(reason: string): CodecError {
  return new CodecError(`not canonical CBOR: ${reason}`, { code: 'CODEC_NOT_CANONICAL', reason })
}
