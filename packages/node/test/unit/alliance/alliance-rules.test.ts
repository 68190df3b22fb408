import {
  type Cid,
  cidOfBytes,
  createPeerKey,
  digestOfCid,
  encodeManifest,
  type Manifest,
  type PeerIdText,
} from '@fednode/protocol'
import { describe, expect, it } from 'vitest'
import { allianceHostRules } from '../../../src/alliance/alliance-host-rules.ts'
import { checkAlliancePlan } from '../../../src/alliance/check-alliance-plan.ts'
import { describeAllianceEvent } from '../../../src/alliance/describe-alliance-event.ts'
import { manifest } from '../silo/harness.ts'

const peerOf = (byte: number): PeerIdText => createPeerKey(new Uint8Array(32).fill(byte)).peerId
const blobOf = (byte: number): Cid => cidOfBytes(Uint8Array.of(byte))
const [voter, member, stranger] = [peerOf(1), peerOf(2), peerOf(3)]
const [model, contribution, other] = [blobOf(1), blobOf(2), blobOf(3)]

describe('what a node of an alliance serves', () => {
  const rules = allianceHostRules(
    {
      peers: {
        refresh: async () => {},
        peerOf: () => undefined,
        isKnown: (peer) => peer !== stranger,
        isMember: async (peer) => peer !== stranger,
      },
    },
    {
      models: new Set([model]),
      contributions: new Set([contribution]),
      voters: new Set([voter]),
    },
  )

  it('T1, T10: is global models to participants, contributions to voters, and nothing else', async () => {
    const may = (peer: PeerIdText, cid: Cid) => rules.mayServe(peer, cid)
    expect([voter, member, stranger].map((peer) => may(peer, model))).toEqual([true, true, false])
    expect([voter, member, stranger].map((peer) => may(peer, contribution))).toEqual([
      true,
      false,
      false,
    ])
    expect(may(voter, other)).toBe(false)
    expect(await rules.isMember(stranger)).toBe(false)
  })
})

describe('a manifest for an alliance', () => {
  const planOf = (extra: Partial<Pick<Manifest, 'seed' | 'strategy'>>) => {
    const changed = { ...manifest, ...extra }
    return { manifest: changed, ...encodeManifest(changed), source: 'federation.yaml' }
  }

  it('is the one whose digest the chain has', () => {
    const plan = planOf({})
    expect(() => checkAlliancePlan(plan, digestOfCid(plan.cid))).not.toThrow()
    expect(() => checkAlliancePlan(planOf({ seed: 2 }), digestOfCid(plan.cid))).toThrow(
      expect.objectContaining({ code: 'OTHER_MANIFEST' }),
    )
  })

  it('needs no server', () => {
    expect(() =>
      checkAlliancePlan(planOf({ strategy: { name: 'median', weighting: 'equal' } })),
    ).not.toThrow()
    expect(() =>
      checkAlliancePlan(planOf({ strategy: { name: 'scaffold', weighting: 'samples' } })),
    ).toThrow(expect.objectContaining({ code: 'NOT_FOR_ALLIANCES' }))
  })
})

describe('what people read of an alliance', () => {
  it('says what a voter saw', () => {
    const text = describeAllianceEvent({
      type: 'voted',
      round: 3,
      digest: '0xab',
      score: 1,
      approved: 2,
      contributions: 4,
      lossBefore: 0.5,
      lossAfter: 0.25,
    })
    expect(text).toBe('Round 3   better: loss 0.5000 -> 0.2500, approves of 2 of 4')
  })

  it('says amounts in tokens', () => {
    const stake = String(10n ** 18n)
    expect(describeAllianceEvent({ type: 'joined', account: '0xa', stake })).toBe(
      'Joined      as 0xa with 1 FDN at stake',
    )
  })
})
