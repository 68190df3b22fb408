import { describe, expect, it } from 'vitest'
import { commitmentOf, RANDOMNESS_BYTES, roundSeed } from '../../src/round-randomness.ts'

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

describe('the randomness of a round', () => {
  // keccak256 of 32 and of 64 zero bytes, known from every EVM client.
  it('commits by keccak256 and mixes in the block', () => {
    const zeros = new Uint8Array(RANDOMNESS_BYTES)
    expect(hex(commitmentOf(zeros))).toBe(
      '290decd9548b62a8d60345a988386fc84ba6bc95484008f6362f93160ef3e563',
    )
    expect(hex(roundSeed(zeros, `0x${'00'.repeat(32)}`))).toBe(
      'ad3228b676f7d3cd4284a5443f17f1962b36e491b30a40b2405849e597ba5fb5',
    )
  })

  it('is another seed for another secret or another block', () => {
    const secret = new Uint8Array(RANDOMNESS_BYTES).fill(1)
    const seeds = [
      roundSeed(secret, `0x${'00'.repeat(32)}`),
      roundSeed(secret, `0x${'01'.repeat(32)}`),
      roundSeed(new Uint8Array(RANDOMNESS_BYTES), `0x${'00'.repeat(32)}`),
    ]
    expect(new Set(seeds.map(hex)).size).toBe(3)
  })
})
