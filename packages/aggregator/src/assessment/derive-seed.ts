import { createHash } from 'node:crypto'

/** What a round draws at random. */
export type Draw = 'validation' | 'coalitions'

/** A seed for one kind of draw of a round, SHA-256(seed || name): draws of one kind say nothing of those of another. */
export function deriveSeed(seed: Uint8Array, draw: Draw): Uint8Array {
  return createHash('sha256').update(seed).update(draw).digest()
}
