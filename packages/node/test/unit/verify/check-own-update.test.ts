import { describe, expect, test } from 'vitest'
import {
  blobOf,
  ROUND,
  sampleEvidence,
} from '../../../../aggregator/test/support/sample-evidence.ts'
import { checkOwnUpdate } from '../../../src/verify/check-own-update.ts'

const evidence = await sampleEvidence(2, (coalition) => Number(coalition) * 1e11)

describe('checkOwnUpdate', () => {
  test('T5: finds an update that was confirmed and does not count', () => {
    const dropped = new Map([[ROUND, blobOf(99).cid]])
    expect(checkOwnUpdate(evidence, dropped)).toMatchObject([
      { round: ROUND, check: 'updates', status: 'FAIL', code: 'DROPPED_UPDATE' },
    ])
  })

  test('says nothing of an update that counts, and of rounds without one', () => {
    const own = evidence.silos[0]?.update.cid
    if (own === undefined) throw new RangeError('no update')
    expect(checkOwnUpdate(evidence, new Map([[ROUND, own]]))).toEqual([])
    expect(checkOwnUpdate(evidence, new Map([[ROUND + 1, blobOf(99).cid]]))).toEqual([])
  })
})
