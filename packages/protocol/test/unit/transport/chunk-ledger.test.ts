import { describe, expect, it } from 'vitest'
import { fullBitField } from '../../../src/transport/bit-field.ts'
import type { Urgency } from '../../../src/transport/blob-wire.ts'
import {
  type ChunkLedger,
  createChunkLedger,
  HOLD_MS,
} from '../../../src/transport/chunk-ledger.ts'
import { peerKeyOf } from './test-hosts.ts'

const A = peerKeyOf('a').peerId
const B = peerKeyOf('b').peerId

function choose(
  ledger: ChunkLedger,
  change: { peer?: typeof A; most?: number; urgency?: Urgency; now?: number } = {},
): readonly number[] {
  const all = { peer: A, want: fullBitField(4), most: 2, urgency: 'soon', now: 0 } as const
  return ledger.choose({ ...all, accept: () => true, ...change })
}

describe('chunk ledger', () => {
  it('gives askers at the same time different chunks', () => {
    const ledger = createChunkLedger(4)
    expect([choose(ledger), choose(ledger, { peer: B })]).toEqual([
      [0, 1],
      [2, 3],
    ])
  })

  it('holds what it has just sent to somebody else, for a while', () => {
    const ledger = createChunkLedger(4)
    choose(ledger, { most: 4 })
    expect(choose(ledger, { peer: B, now: HOLD_MS - 1 })).toEqual([])
    expect(choose(ledger, { peer: B, now: HOLD_MS })).toEqual([0, 1])
  })

  it('sends again at once to who lost it on the way, and to who depends on it', () => {
    const ledger = createChunkLedger(4)
    choose(ledger, { most: 4 })
    expect(choose(ledger, { now: 1 })).toEqual([0, 1])
    expect(choose(ledger, { peer: B, now: 2, urgency: 'now', most: 4 })).toEqual([2, 3, 0, 1])
  })

  it('sends no more than one and a half times the blob to those who do not need it', () => {
    const ledger = createChunkLedger(4)
    const at = (now: number): number => choose(ledger, { now, urgency: 'spare', most: 3 }).length
    expect([at(0), at(HOLD_MS), at(2 * HOLD_MS)]).toEqual([3, 3, 0])
    expect(choose(ledger, { peer: B, now: 3 * HOLD_MS }).length).toBe(2)
  })

  it('takes only what is accepted', () => {
    const ledger = createChunkLedger(4)
    const want = fullBitField(4)
    const accept = (index: number): boolean => index > 2
    const ask = { peer: A, want, most: 4, urgency: 'now', now: 0, accept } as const
    expect(ledger.choose(ask)).toEqual([3])
  })
})
