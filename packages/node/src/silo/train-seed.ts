import { createHash } from 'node:crypto'
import type { Round, SiloName } from '@fednode/protocol'

/**
 * Seed of one silo's shuffles in one round: the first 32 bits of SHA-256 over the manifest's seed, the round and the silo's name, so
 * that a round can be repeated to the bit, and no two silos shuffle alike.
 */
export function trainSeed(options: {
  readonly seed: number
  readonly round: Round
  readonly silo: SiloName
}): number {
  const text = `fednode/train-seed/1\n${options.seed}\n${options.round}\n${options.silo}`
  return createHash('sha256').update(text).digest().readUInt32BE(0)
}
