import { decodeCanonical } from '../codec/canonical.ts'
import { CodecError } from '../codec/errors.ts'

/** A small CBOR value from the network; undefined when it is none, or longer than `maxBytes`. */
export function decodeHeader(bytes: Uint8Array, maxBytes: number): unknown {
  try {
    return decodeCanonical(bytes, { maxBytes })
  } catch (error) {
    if (error instanceof CodecError) return undefined
    throw error
  }
}
