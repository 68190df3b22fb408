import { roundSeed } from '@fednode/contracts'
import type { OpeningBlock } from '@fednode/protocol'

/** The seed of a round from its secret and the block that it opened with, see roundSeed. */
export function seedOf(reveal: Uint8Array, block: Pick<OpeningBlock, 'hash'>): Uint8Array {
  return roundSeed(reveal, `0x${Buffer.from(block.hash).toString('hex')}`)
}
