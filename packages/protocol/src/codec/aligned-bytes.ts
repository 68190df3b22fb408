/** `bytes` itself when a typed array with elements of `elementBytes` may view it, else a copy: a file may lie at any alignment. */
export function alignedBytes(bytes: Uint8Array, elementBytes: number): Uint8Array {
  return bytes.byteOffset % elementBytes === 0 ? bytes : Uint8Array.from(bytes)
}
