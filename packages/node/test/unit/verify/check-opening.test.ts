import type { Evidence } from '@fednode/aggregator'
import {
  cidOfBlob,
  createPeerKey,
  encodeSignedMessage,
  PROTOCOL_VERSION,
  type RoundOpen,
  signMessage,
} from '@fednode/protocol'
import { describe, expect, it } from 'vitest'
import type { ChainFacts } from '../../../src/verify/chain-facts.ts'
import { checkOpening } from '../../../src/verify/check-opening.ts'

const KEY = createPeerKey(new Uint8Array(32).fill(1))
const BLOB = { cid: cidOfBlob(Uint8Array.of(1)), size: 1 }
const OPEN: RoundOpen = {
  type: 'round-open',
  ...{ version: PROTOCOL_VERSION, chainId: 1, scenario: `0x${'11'.repeat(20)}`, term: 1, round: 2 },
  ...{ sentAt: 1, manifest: BLOB.cid, model: BLOB, deadline: 9 },
  commitment: new Uint8Array(32).fill(7),
  block: { number: 12, hash: new Uint8Array(32).fill(8), isHead: true },
}
const envelopeOf = (change: Partial<RoundOpen>) =>
  encodeSignedMessage(signMessage({ ...OPEN, ...change }, KEY))

// Only what is looked at here.
const evidence = {
  ...{ chainId: 1, scenario: OPEN.scenario, round: 2, roundOpen: envelopeOf({}) },
} as unknown as Evidence
const chainWith = (hash: `0x${string}` | undefined) =>
  ({ blockHash: async () => hash }) as unknown as ChainFacts
const facts = chainWith(`0x${'08'.repeat(32)}`)

describe('checkOpening', () => {
  it('has nothing to say of an opening that silos heard and the chain knows', async () => {
    const heard = [{ round: 2, envelope: envelopeOf({ term: 3, sentAt: 5, deadline: 7 }) }]
    expect(await checkOpening(evidence, heard, facts)).toEqual([])
  })

  it('T35: finds another secret or block than silos heard', async () => {
    for (const change of [
      { commitment: new Uint8Array(32) },
      { block: { ...OPEN.block, hash: new Uint8Array(32) } },
    ]) {
      const heard = [{ round: 2, envelope: envelopeOf(change) }]
      const [check] = await checkOpening(evidence, heard, facts)
      expect(check).toMatchObject({ status: 'FAIL', code: 'OTHER_COMMITMENT' })
      const earlier = [{ round: 1, envelope: envelopeOf({ ...change, round: 1 }) }]
      expect(await checkOpening(evidence, earlier, facts)).toEqual([])
    }
  })

  it('T35: finds a block that the chain does not have', async () => {
    for (const hash of [undefined, `0x${'09'.repeat(32)}`] as const) {
      const [check] = await checkOpening(evidence, [], chainWith(hash))
      expect(check).toMatchObject({ status: 'FAIL', code: 'OTHER_BLOCK' })
    }
  })

  it('skips the block when the chain is not asked', async () => {
    const [check] = await checkOpening(evidence, [], undefined)
    expect(check).toMatchObject({ status: 'SKIP', detail: expect.stringContaining('block 12') })
  })
})
