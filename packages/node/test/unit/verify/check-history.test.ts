import type { Evidence } from '@fednode/aggregator'
import { cidOfBlob } from '@fednode/protocol'
import { describe, expect, it } from 'vitest'
import { checkHistory } from '../../../src/verify/check-history.ts'

const blobOf = (fill: number) => ({ cid: cidOfBlob(Uint8Array.of(fill)), size: 1 })
const BUNDLE = blobOf(9)
const STATE = [{ name: 'momentum', blob: blobOf(3) }]

// Only what history looks at.
const round = (fields: Partial<Evidence>): Evidence =>
  ({ stateBefore: [], stateAfter: [], ...fields }) as Evidence

const first = round({ round: 1, base: blobOf(1), model: blobOf(2), stateAfter: STATE })
const second = round({ round: 2, base: blobOf(2), previous: BUNDLE, stateBefore: STATE })
const before = { evidence: first, cid: BUNDLE.cid }

describe('checkHistory', () => {
  it('passes a round that continues the one before, and a first one from the seed', () => {
    expect(checkHistory(second, before).status).toBe('PASS')
    expect(checkHistory(first, { initialModel: first.base.cid }).status).toBe('PASS')
  })

  it('T35: finds a round that continues from elsewhere', () => {
    for (const wrong of [
      { ...second, base: blobOf(7) },
      { ...second, previous: blobOf(7) },
      { ...second, stateBefore: [] },
      { ...second, stateBefore: [{ name: 'momentum', blob: blobOf(7) }] },
    ]) {
      expect(checkHistory(wrong, before)).toMatchObject({ status: 'FAIL', code: 'BROKEN_HISTORY' })
    }
  })

  it('T35: finds a first round that does not begin at the beginning', () => {
    const initialModel = first.base.cid
    for (const wrong of [
      { ...first, base: blobOf(7) },
      { ...first, previous: BUNDLE },
      { ...first, stateBefore: STATE },
    ]) {
      expect(checkHistory(wrong, { initialModel }).code).toBe('BROKEN_HISTORY')
    }
  })

  it('skips what it cannot see', () => {
    expect(checkHistory(second, undefined)).toMatchObject({ status: 'SKIP', round: 2 })
  })
})
