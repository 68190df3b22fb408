import { EvidenceError } from './evidence-error.ts'

const BITS = 8

/** Coalitions one after the other, each as little-endian bits in as many whole bytes as `silos` need. */
export function encodeCoalitions(coalitions: readonly bigint[], silos: number): Uint8Array {
  const width = Math.ceil(silos / BITS)
  const bytes = new Uint8Array(coalitions.length * width)
  coalitions.forEach((coalition, at) => {
    for (let i = 0; i < width; i++) {
      bytes[at * width + i] = Number((coalition >> BigInt(BITS * i)) & 0xffn)
    }
  })
  return bytes
}

/**
 * Reads what encodeCoalitions writes.
 * @throws {EvidenceError} EVIDENCE_MALFORMED when it ends within a coalition, names a silo that is not there, or one coalition twice.
 */
export function decodeCoalitions(bytes: Uint8Array, silos: number): readonly bigint[] {
  const width = Math.ceil(silos / BITS)
  if (width === 0 ? bytes.length > 0 : bytes.length % width !== 0) {
    throw malformed(`${bytes.length} bytes are no whole coalitions of ${silos} silos`)
  }
  const coalitions = new Set<bigint>()
  for (let at = 0; at < bytes.length; at += width) {
    const coalition = readBits(bytes.subarray(at, at + width))
    if (coalition >> BigInt(silos) !== 0n)
      throw malformed('a coalition has a silo that is not there')
    if (coalitions.has(coalition)) throw malformed(`coalition ${coalition} stands there twice`)
    coalitions.add(coalition)
  }
  return [...coalitions]
}

function readBits(bytes: Uint8Array): bigint {
  let coalition = 0n
  for (const byte of bytes.toReversed()) coalition = (coalition << BigInt(BITS)) | BigInt(byte)
  return coalition
}

function malformed(reason: string): EvidenceError {
  return new EvidenceError(`not an evidence bundle: coalitions: ${reason}`, {
    code: 'EVIDENCE_MALFORMED',
    reason,
  })
}
