import { describe, expect, it } from 'vitest'
import { createTokenBucket } from '../../../src/transport/token-bucket.ts'

function createAt(): { now: { ms: number }; take(key: string): boolean } {
  const now = { ms: 0 }
  const { take } = createTokenBucket({ burst: 3, perSecond: 2 }, () => now.ms)
  return { now, take }
}

describe('token bucket', () => {
  it('allows the burst and then the rate', () => {
    const { now, take } = createAt()
    expect([1, 2, 3, 4].map(() => take('a'))).toEqual([true, true, true, false])
    now.ms = 500
    expect([1, 2].map(() => take('a'))).toEqual([true, false])
    now.ms = 60_000
    expect([1, 2, 3, 4].map(() => take('a'))).toEqual([true, true, true, false])
  })

  it('counts every key for itself', () => {
    const { take } = createAt()
    for (let count = 0; count < 4; count++) take('a')
    expect(take('b')).toBe(true)
  })

  it('T6 forgets rested keys, not the busy one, when many come', () => {
    const { now, take } = createAt()
    for (let key = 0; key < 1_100; key++) take(`old ${key}`)
    now.ms = 1_000
    for (let count = 0; count < 4; count++) take('busy')
    for (let key = 0; key < 1_100; key++) take(`new ${key}`)
    expect(take('busy')).toBe(false)
  })
})
