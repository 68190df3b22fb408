import { readFileSync } from 'node:fs'

/** A file of test/vectors; the caller states its shape. */
export function readVectors<Shape>(name: string): Shape {
  const url = new URL(`../../../../test/vectors/${name}.json`, import.meta.url)
  return JSON.parse(readFileSync(url, 'utf8'))
}

/** Bytes of lower-case hex. */
export function fromHex(hex: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hex, 'hex'))
}

/** Lower-case hex of bytes. */
export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}
