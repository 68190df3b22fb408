import { createHash } from 'node:crypto'
import type { RoundSample } from '../messages/types.ts'

/** Draws of one kind say nothing of those of another (docs/PROTOCOL.md, the seed of a round). */
const DRAW = 'silos'
/** Bytes of a hash that make one number: 48 bits, so that the remainder by at most 100 favours nobody by more than 4e-13. */
const NUMBER_BYTES = 6
const ROUNDING = 1e-9

/**
 * Draws who takes part in a round: max(minSilos, ceil(share * n)) of the n clients 0 to clients - 1 that are not ignored, none twice, all
 * equally likely (Fisher-Yates, whose i-th step takes SHA-256(seed || "silos" || i as 4 bytes, big-endian)). The same seed draws the same.
 * @param seed - of the round, 32 bytes.
 * @param options.ignored - indexes of clients that may not speak, ascending: drawn, their places would stay empty. @default none
 */
export function drawSample(
  seed: Uint8Array,
  options: {
    readonly clients: number
    readonly ignored?: readonly number[]
    readonly minSilos: number
    readonly share: number
  },
): RoundSample {
  const { clients, ignored = [], minSilos, share } = options
  const order = Array.from({ length: clients }, (_, index) => index).filter(
    (index) => !ignored.includes(index),
  )
  const { length } = order
  const size = Math.min(length, Math.max(minSilos, Math.ceil(share * length - ROUNDING)))
  for (let i = 0; i < size; i++) {
    const other = i + (numberOf(seed, i) % (length - i))
    const [one = 0, two = 0] = [order[i], order[other]]
    order[i] = two
    order[other] = one
  }
  const drawn = order.slice(0, size).sort((a, b) => a - b)
  return ignored.length === 0 ? { clients, drawn } : { clients, ignored, drawn }
}

function numberOf(seed: Uint8Array, step: number): number {
  const index = Buffer.alloc(4)
  index.writeUInt32BE(step)
  const hash = createHash('sha256').update(seed).update(DRAW).update(index).digest()
  return hash.readUIntBE(0, NUMBER_BYTES)
}
