import {
  encodeSignedMessage,
  type PeerKey,
  PROTOCOL_VERSION,
  type SiloName,
  signMessage,
} from '@fednode/protocol'
import { describe, expect, test } from 'vitest'
import {
  blobOf,
  ROUND,
  sampleEvidence,
} from '../../../../aggregator/test/support/sample-evidence.ts'
import { keyOf } from '../../../../aggregator/test/support/tiny-federation.ts'
import { checkOwnUpdate } from '../../../src/verify/check-own-update.ts'

const evidence = await sampleEvidence(2, (coalition) => Number(coalition) * 1e11)
const signers = { federator: keyOf('federator').peerId }
const update = blobOf(99).cid

function receiptOf(key: PeerKey, changes: { round?: number; accepted?: false } = {}): Uint8Array {
  const { round = ROUND, accepted = true } = changes
  const { chainId, scenario, term } = evidence
  const scope = { version: PROTOCOL_VERSION, chainId, scenario, term, round, sentAt: 1 }
  const silo = 'silo-z' as SiloName
  const message = { ...scope, type: 'receipt' as const, silo, update, accepted }
  return encodeSignedMessage(
    signMessage(accepted ? message : { ...message, code: 'LATE' as const }, key),
  )
}

describe('checkOwnUpdate', () => {
  test('T5: finds an update that was confirmed and does not count, with the receipt as proof', () => {
    const receipt = receiptOf(keyOf('federator'))
    expect(
      checkOwnUpdate(evidence, new Map([[ROUND, { update, receipt }]]), signers),
    ).toMatchObject([
      {
        ...{ round: ROUND, check: 'updates', status: 'FAIL', code: 'DROPPED_UPDATE' },
        proof: Buffer.from(receipt).toString('base64'),
      },
    ])
  })

  test('T5: takes no receipt for a proof that somebody else signed, of another round, or of a refusal', () => {
    const receipts = [
      receiptOf(keyOf('stranger')),
      receiptOf(keyOf('federator'), { round: ROUND + 1 }),
      receiptOf(keyOf('federator'), { accepted: false }),
      Uint8Array.of(1, 2, 3),
      undefined,
    ]
    for (const receipt of receipts) {
      const confirmation = receipt === undefined ? { update } : { update, receipt }
      const [check] = checkOwnUpdate(evidence, new Map([[ROUND, confirmation]]), signers)
      expect(check?.code).toBe('DROPPED_UPDATE')
      expect(check?.proof).toBeUndefined()
    }
  })

  test('says nothing of an update that counts, and of rounds without one', () => {
    const own = evidence.silos[0]?.update.cid
    if (own === undefined) throw new RangeError('no update')
    expect(checkOwnUpdate(evidence, new Map([[ROUND, { update: own }]]), signers)).toEqual([])
    expect(checkOwnUpdate(evidence, new Map([[ROUND + 1, { update }]]), signers)).toEqual([])
  })
})
