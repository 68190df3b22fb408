import { describe, expect, test } from 'vitest'
import {
  blobOf,
  ROUND,
  sampleEvidence,
} from '../../../../aggregator/test/support/sample-evidence.ts'
import type { ChainFacts } from '../../../src/verify/chain-facts.ts'
import { checkAnchor } from '../../../src/verify/check-anchor.ts'

const paid = await sampleEvidence(2, (coalition) => Number(coalition) * 1e11)
// Only what is looked at here.
const chainAt = (currentRound: number) =>
  ({ anchors: new Map(), plan: { state: { currentRound } } }) as unknown as ChainFacts

describe('checkAnchor', () => {
  test('T35: finds shares that were announced and never anchored, once the chain has gone on', () => {
    expect(checkAnchor(paid, blobOf(8), chainAt(ROUND + 1))).toMatchObject([
      { status: 'FAIL', code: 'NOT_ANCHORED' },
    ])
  })

  test('waits while the chain is at this round, and expects no anchor of a void one', () => {
    expect(checkAnchor(paid, blobOf(8), chainAt(ROUND))).toMatchObject([{ status: 'SKIP' }])
    const nothing = { ...paid, voidReason: 'TOO_FEW_UPDATES' } as const
    expect(checkAnchor(nothing, blobOf(8), chainAt(ROUND + 1))).toMatchObject([{ status: 'SKIP' }])
  })
})
