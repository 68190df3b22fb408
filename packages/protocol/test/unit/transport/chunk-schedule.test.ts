import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PeerIdText } from '../../../src/ids.ts'
import { type BitField, createBitField, fullBitField } from '../../../src/transport/bit-field.ts'
import {
  type ChunkAsk,
  type ChunkSchedule,
  createChunkSchedule,
  STEAL_MS,
  STUCK_MS,
} from '../../../src/transport/chunk-schedule.ts'
import { BATCH_CHUNKS } from '../../../src/transport/limits.ts'
import { peerKeyOf } from './test-hosts.ts'

const ORIGIN = peerKeyOf('origin').peerId
const A = peerKeyOf('a').peerId
const B = peerKeyOf('b').peerId

function setOf(count: number, indices: readonly number[]): BitField {
  const field = createBitField(count)
  for (const index of indices) field.add(index)
  return field
}

function listOf(ask: ChunkAsk | undefined): readonly number[] {
  if (ask === undefined) return []
  return Array.from({ length: ask.want.count }, (_, index) => index).filter(ask.want.has)
}

function scheduleOf(count: number, others: readonly PeerIdText[]): ChunkSchedule {
  return createChunkSchedule({
    here: createBitField(count),
    origin: ORIGIN,
    others,
    random: () => 0,
  })
}

describe('chunk schedule with the origin alone', () => {
  it('asks for all that is missing, now, a batch at a time', () => {
    const here = setOf(10, [1, 2])
    const schedule = createChunkSchedule({ here, origin: ORIGIN, others: [], random: () => 0 })
    schedule.join(ORIGIN, fullBitField(10), 0)
    const ask = schedule.ask(ORIGIN, 0)
    expect(listOf(ask)).toEqual([0, 3, 4, 5, 6, 7, 8, 9])
    expect(ask).toMatchObject({ most: BATCH_CHUNKS, urgency: 'now' })
  })

  it('asks no more than is left to choose', () => {
    const schedule = scheduleOf(BATCH_CHUNKS + 1, [])
    schedule.join(ORIGIN, fullBitField(BATCH_CHUNKS + 1), 0)
    expect([0, 1, 2].map(() => schedule.ask(ORIGIN, 0)?.most)).toEqual([BATCH_CHUNKS, 1, undefined])
  })

  it('asks again for what was on its way when the stream broke', () => {
    const schedule = scheduleOf(3, [])
    schedule.join(ORIGIN, fullBitField(3), 0)
    const ask = schedule.ask(ORIGIN, 0)
    if (ask === undefined) throw new RangeError('an ask')
    schedule.answered(ORIGIN, ask, { send: [0, 1, 2], has: fullBitField(3), now: 1 })
    schedule.arrived(ORIGIN, 1, 1)
    schedule.leave(ORIGIN)
    schedule.join(ORIGIN, fullBitField(3), 2)
    expect(listOf(schedule.ask(ORIGIN, 2))).toEqual([0, 2])
  })
})

describe('chunk schedule with several providers', () => {
  it('asks the origin only for what nobody else has', () => {
    const schedule = scheduleOf(6, [A, B])
    schedule.join(ORIGIN, fullBitField(6), 0)
    schedule.join(A, setOf(6, [0, 1]), 0)
    schedule.join(B, setOf(6, [1, 2]), 0)
    const ask = schedule.ask(ORIGIN, 0)
    expect(listOf(ask)).toEqual([3, 4, 5])
    expect(ask?.urgency).toBe('soon')
  })

  it('asks others for the rarest first', () => {
    const count = 2 * BATCH_CHUNKS
    const rare = Array.from({ length: BATCH_CHUNKS }, (_, place) => 2 * place)
    const common = rare.map((index) => index + 1)
    const schedule = scheduleOf(count, [A, B])
    schedule.join(A, fullBitField(count), 0)
    schedule.join(B, setOf(count, common), 0)
    expect(listOf(schedule.ask(A, 0))).toEqual(rare)
  })

  it('asks nobody for a chunk that is on its way, until it takes too long', () => {
    const schedule = scheduleOf(2, [A, B])
    schedule.join(A, fullBitField(2), 0)
    schedule.join(B, fullBitField(2), 0)
    expect(listOf(schedule.ask(A, 0))).toEqual([0, 1])
    expect(schedule.ask(B, STEAL_MS - 1)).toBeUndefined()
    expect(listOf(schedule.ask(B, STEAL_MS))).toEqual([0, 1])
  })

  it('gives what a provider that is gone was asked for to the next', () => {
    const schedule = scheduleOf(2, [A, B])
    schedule.join(A, fullBitField(2), 0)
    schedule.join(B, fullBitField(2), 0)
    schedule.ask(A, 0)
    schedule.leave(A)
    expect(listOf(schedule.ask(B, 1))).toEqual([0, 1])
  })

  it('asks a provider without anything of use for news, once', () => {
    const schedule = scheduleOf(3, [A])
    schedule.join(A, setOf(3, []), 0)
    const poll = schedule.ask(A, 0)
    expect(poll).toMatchObject({ most: 0 })
    expect(schedule.ask(A, 1)).toBeUndefined()
    if (poll === undefined) throw new RangeError('a poll')
    schedule.answered(A, poll, { send: [], has: setOf(3, [2]), now: 2 })
    expect(listOf(schedule.ask(A, 2))).toEqual([2])
  })

  it('asks the origin for what others have when they keep it idle, and says so', () => {
    const schedule = scheduleOf(2, [A])
    schedule.join(ORIGIN, fullBitField(2), 0)
    schedule.join(A, fullBitField(2), 0)
    schedule.ask(A, 0)
    expect(schedule.ask(ORIGIN, 999)).toBeUndefined()
    expect(schedule.ask(ORIGIN, STEAL_MS)).toMatchObject({ urgency: 'spare' })
  })

  it('T7 does not count on a member that has everything and sends nothing', () => {
    const count = 4 * BATCH_CHUNKS
    const schedule = scheduleOf(count, [A])
    schedule.join(ORIGIN, fullBitField(count), 0)
    schedule.join(A, fullBitField(count), 0)
    expect(listOf(schedule.ask(A, 0))).toHaveLength(BATCH_CHUNKS)
    expect(schedule.ask(ORIGIN, STUCK_MS - 1)?.urgency).toBe('spare')
    schedule.leave(ORIGIN)
    schedule.join(ORIGIN, fullBitField(count), STUCK_MS)
    const ask = schedule.ask(ORIGIN, STUCK_MS)
    expect(ask?.urgency).toBe('soon')
    expect(listOf(ask)).toHaveLength(count)
  })

  it('does not ask a slow provider again for what it is sending', () => {
    const schedule = scheduleOf(1, [])
    schedule.join(ORIGIN, fullBitField(1), 0)
    const ask = schedule.ask(ORIGIN, 0)
    if (ask === undefined) throw new RangeError('an ask')
    schedule.answered(ORIGIN, ask, { send: [0], has: fullBitField(1), now: 1 })
    expect(schedule.ask(ORIGIN, 10 * STUCK_MS)).toBeUndefined()
  })

  it('is urgent again when the last other is lost', () => {
    const schedule = scheduleOf(2, [A])
    schedule.join(ORIGIN, fullBitField(2), 0)
    schedule.lose(A)
    expect(schedule.ask(ORIGIN, 0)).toMatchObject({ urgency: 'now' })
  })

  it('ends with every chunk, whoever has what and whoever leaves', () => {
    const provider = fc.record({
      has: fc.array(fc.boolean(), { minLength: 23, maxLength: 23 }),
      leavesAfter: fc.integer({ min: 1, max: 9 }),
    })
    fc.assert(
      fc.property(fc.array(provider, { maxLength: 5 }), fc.nat(), (others, seed) => {
        expect(play(others, seed)).toBe(true)
      }),
      { seed: 1, numRuns: 200 },
    )
  })
})

type Other = { readonly has: readonly boolean[]; readonly leavesAfter: number }

/** A simulated transfer: everybody answers in turn and sends what it said; others leave in the middle of a batch. */
function play(others: readonly Other[], seed: number): boolean {
  const count = 23
  const names = others.map((_, place) => peerKeyOf(`other-${place}`).peerId)
  let state = seed
  const random = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
  const here = createBitField(count)
  const schedule = createChunkSchedule({ here, origin: ORIGIN, others: names, random })
  const fields = new Map([[ORIGIN, fullBitField(count)]])
  for (const [place, { has }] of others.entries()) {
    const indices = has.flatMap((isHere, index) => (isHere ? [index] : []))
    fields.set(names[place] ?? ORIGIN, setOf(count, indices))
  }
  for (const [peer, has] of fields) schedule.join(peer, has, 0)
  for (let now = 0; now < 100_000 && !schedule.isComplete(); now += 100) {
    for (const [peer, has] of [...fields]) {
      const ask = schedule.ask(peer, now)
      if (ask === undefined) continue
      const send = listOf(ask).filter(has.has).slice(0, ask.most)
      schedule.answered(peer, ask, { send, has, now })
      const leaves = others[names.indexOf(peer)]?.leavesAfter === now / 100
      for (const index of leaves ? send.slice(0, 1) : send) schedule.arrived(peer, index, now)
      if (!leaves) continue
      schedule.leave(peer)
      schedule.lose(peer)
      fields.delete(peer)
    }
  }
  return schedule.isComplete()
}
