import { decodeCanonical } from '../codec/canonical.ts'
import { CodecError } from '../codec/errors.ts'
import { MAX_HEADER_BYTES } from './limits.ts'

/** A small CBOR value from the network; undefined when it is none. */
export function decodeHeader(bytes: Uint8Array): unknown {
  try {
    return decodeCanonical(bytes, { maxBytes: MAX_HEADER_BYTES })
  } catch (error) {
    if (error instanceof CodecError) return undefined
    throw error
  }
}
