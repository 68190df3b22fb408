import { ChainError } from '@fednode/contracts'
import { type FedError, silentLogger } from '@fednode/protocol'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { holdLease } from '../../../src/leadership/hold-lease.ts'
import type { Leadership } from '../../../src/leadership/leadership.ts'
import { createFakeLease, type FakeLease } from '../../support/fake-lease.ts'

const A = `0x${'aa'.repeat(32)}` as const
const B = `0x${'bb'.repeat(32)}` as const
const DOWN = new ChainError('nobody answers', { code: 'RPC_FAILED' })
const SECONDS = 100

let chain: FakeLease
let lost: FedError[]
/** How long the machine slept: the monotonic clock stood still, the other one went on. */
let suspended = 0
const open: Leadership[] = []

beforeEach(() => {
  vi.useFakeTimers()
  chain = createFakeLease()
  lost = []
  suspended = 0
})
afterEach(async () => {
  delete chain.down
  for (const one of open.splice(0)) await one.release()
  vi.useRealTimers()
})

function lead(holder: `0x${string}`): Leadership {
  const deps = {
    chain,
    logger: silentLogger,
    elapsed: () => performance.now(),
    now: () => Date.now() + suspended,
  }
  const leadership = holdLease({ holder, seconds: SECONDS }, deps)
  open.push(leadership)
  return leadership
}
const take = (one: Leadership, floor = 0): Promise<number> =>
  one.take({ floor, onLost: (error) => lost.push(error) })
const later = (seconds: number): Promise<unknown> => vi.advanceTimersByTimeAsync(seconds * 1_000)

describe('holdLease', () => {
  it('leads from the moment it has the lease, in a term above the last one spoken', async () => {
    const leader = lead(A)
    expect(leader.isHeld()).toBe(false)
    expect(await take(leader, 4)).toBe(5)
    expect(leader.isHeld()).toBe(true)
    await leader.confirm()
  })

  it('renews in time for as long as it lives', async () => {
    const leader = lead(A)
    await take(leader)
    for (let at = 0; at < 50; at++) {
      await later(SECONDS / 5)
      expect(leader.isHeld()).toBe(true)
    }
    expect(chain.lease?.term).toBe(1)
    expect(lost).toEqual([])
  })

  it('is refused while another one leads, and takes over once that one is gone', async () => {
    const leader = lead(A)
    await take(leader)
    await expect(take(lead(B))).rejects.toMatchObject({ code: 'LEASE_HELD' })
    await leader.release()
    expect(leader.isHeld()).toBe(false)
    expect(await take(lead(B))).toBe(2)
  })

  it('falls silent a margin before its lease is over on the chain, and speaks again when that is renewed', async () => {
    const leader = lead(A)
    await take(leader)
    chain.down = DOWN
    await later(SECONDS * 0.79)
    expect(leader.isHeld()).toBe(true)
    await later(SECONDS * 0.02)
    expect(leader.isHeld()).toBe(false)
    await expect(leader.confirm()).rejects.toMatchObject({ code: 'RPC_FAILED' })
    await later(10 * SECONDS)
    delete chain.down
    await expect(leader.confirm()).rejects.toMatchObject({ code: 'LEASE_UNSURE' })
    await later(15)
    expect(leader.isHeld()).toBe(true)
    await leader.confirm()
    expect(lost).toEqual([])
  })

  it('never leads beside another one, whenever the chain goes away and comes back', async () => {
    const [one, two] = [lead(A), lead(B)]
    await take(one)
    chain.down = DOWN
    await later(SECONDS)
    delete chain.down
    // The standby is quicker than the leader's next try.
    expect(await take(two)).toBe(2)
    expect([one.isHeld(), two.isHeld()]).toEqual([false, true])
    await later(2 * SECONDS)
    expect([one.isHeld(), two.isHeld()]).toEqual([false, true])
    expect(lost.map(({ code }) => code)).toEqual(['LEASE_LOST'])
  })

  it('is over for good when a step finds another term, also of its own directory’s copy', async () => {
    const leader = lead(A)
    await take(leader)
    expect(await take(lead(A))).toBe(2)
    await expect(leader.confirm()).rejects.toMatchObject({ code: 'LEASE_LOST' })
    expect(leader.isHeld()).toBe(false)
    await later(2 * SECONDS)
    expect(leader.isHeld()).toBe(false)
    expect(lost).toHaveLength(1)
    expect(chain.lease?.term).toBe(2)
  })

  it('T14: does not lead after the machine slept longer than its lease, though its own clock stood still', async () => {
    const leader = lead(A)
    await take(leader)
    suspended = 2 * SECONDS * 1_000
    expect(leader.isHeld()).toBe(false)
    // The first thing that it does is to ask the chain.
    await later(2)
    expect(leader.isHeld()).toBe(true)
  })

  it('leaves the lease to its end when it cannot be released', async () => {
    const leader = lead(A)
    await take(leader)
    chain.down = DOWN
    await leader.release()
    expect(leader.isHeld()).toBe(false)
    delete chain.down
    await expect(take(lead(B))).rejects.toMatchObject({ code: 'LEASE_HELD' })
  })
})
