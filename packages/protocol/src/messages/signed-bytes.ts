import { PROTOCOL_VERSION } from '../limits.ts'

/**
 * What a peer key signs: "fednode/<version>/<domain>", a zero byte, the bytes. A signature made for one purpose is no signature for
 * another, nor for libp2p's own handshake.
 */
export function signedBytes(domain: 'message' | 'binding', bytes: Uint8Array): Uint8Array {
  const prefix = new TextEncoder().encode(`fednode/${PROTOCOL_VERSION}/${domain}\0`)
  const result = new Uint8Array(prefix.length + bytes.length)
  result.set(prefix)
  result.set(bytes, prefix.length)
  return result
}
