import { describe, expect, it } from 'vitest'
import { createStanding } from '../../../src/transport/standing.ts'
import { peerKeyOf } from './test-hosts.ts'

const { peerId } = peerKeyOf('a')

describe('standing', () => {
  it('starts at zero and bans after five ordinary faults', () => {
    const standing = createStanding(() => 0)
    expect(standing.score(peerId)).toBeCloseTo(0)
    for (let fault = 0; fault < 4; fault++) standing.penalize(peerId, 'WRONG_BASE')
    expect(standing.isBanned(peerId)).toBe(false)
    standing.penalize(peerId, 'WRONG_BASE')
    expect(standing.isBanned(peerId)).toBe(true)
    expect(standing.isBanned(peerKeyOf('b').peerId)).toBe(false)
  })

  it('bans after two lies about a blob', () => {
    const standing = createStanding(() => 0)
    standing.penalize(peerId, 'BLOB_BAD_CHUNK')
    standing.penalize(peerId, 'BLOB_BAD_CHUNK')
    expect(standing.isBanned(peerId)).toBe(true)
  })

  it('forgives with time, and bounds what has to be forgiven', () => {
    const now = { ms: 0 }
    const standing = createStanding(() => now.ms)
    for (let fault = 0; fault < 1_000; fault++) standing.penalize(peerId, 'WRONG_BASE')
    now.ms = 600_000
    expect(standing.isBanned(peerId)).toBe(true)
    now.ms = 1_200_000
    expect(standing.isBanned(peerId)).toBe(false)
    expect(standing.score(peerId)).toBeLessThan(0)
  })
})
