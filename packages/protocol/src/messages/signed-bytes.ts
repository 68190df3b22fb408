import { PROTOCOL_VERSION } from '../limits.ts'

/** Version of each kind of signature: a binding stands on chain for years, so it does not age with the messages. */
const VERSIONS = { message: PROTOCOL_VERSION, binding: 1, invite: 1 } as const

/**
 * What a peer key signs: "fednode/<version>/<domain>", a zero byte, the bytes. A signature made for one purpose is no signature for
 * another, nor for libp2p's own handshake.
 */
export function signedBytes(domain: keyof typeof VERSIONS, bytes: Uint8Array): Uint8Array {
  const prefix = new TextEncoder().encode(`fednode/${VERSIONS[domain]}/${domain}\0`)
  const result = new Uint8Array(prefix.length + bytes.length)
  result.set(prefix)
  result.set(bytes, prefix.length)
  return result
}
