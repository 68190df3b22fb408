import {
  cidOfBlob,
  cidOfBytes,
  encodeSignedMessage,
  PROTOCOL_VERSION,
  type Receipt,
  type SiloName,
  signMessage,
  type UpdateReady,
} from '@fednode/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sharesByClient, valuesOf } from '../../../src/contribution/values-of.ts'
import { checkEvidence, type EvidenceSigners } from '../../../src/evidence/check-evidence.ts'
import { encodeEvidence } from '../../../src/evidence/encode-evidence.ts'
import type { Evidence } from '../../../src/evidence/evidence.ts'
import { EvidenceError } from '../../../src/evidence/evidence-error.ts'
import { parseEvidence } from '../../../src/evidence/parse-evidence.ts'
import { recomputeShares } from '../../../src/evidence/recompute-shares.ts'
import { CHAIN_ID, keyOf, SCENARIO } from '../../support/tiny-federation.ts'

const ROUND = 3
const NAMES = ['alpha', 'beta', 'gamma'] as SiloName[]
const BASE = blobOf(1)
const SIGNERS: EvidenceSigners = {
  federator: keyOf('federator').peerId,
  peerOf: (silo) => (NAMES.includes(silo) ? keyOf(silo).peerId : undefined),
}

function blobOf(fill: number) {
  return { cid: cidOfBlob(Uint8Array.of(fill)), size: 1 }
}

function siloEntry(silo: SiloName, index: number): Evidence['silos'][number] {
  const update = blobOf(10 + index)
  const scope = {
    version: PROTOCOL_VERSION,
    chainId: CHAIN_ID,
    scenario: SCENARIO,
    term: 1,
    round: ROUND,
    sentAt: 1_000,
  }
  const announcement: UpdateReady = {
    ...scope,
    type: 'update-ready',
    silo,
    base: BASE.cid,
    update,
    samples: 10,
    trainMs: 1,
    lossMicros: 1,
  }
  const receipt: Receipt = { ...scope, type: 'receipt', silo, update: update.cid, accepted: true }
  return {
    silo,
    index,
    samples: 10,
    update,
    announcement: encodeSignedMessage(signMessage(announcement, keyOf(silo))),
    receipt: encodeSignedMessage(signMessage(receipt, keyOf('federator'))),
  }
}

/** Five clients, of which three took part. */
function bundle(): Evidence {
  const utilitiesPico = [-5, -4, -3, 0, -6, -2, -1, 3].map((value) => value * 1e11)
  const { shapleyPico, shares } = valuesOf(3, utilitiesPico)
  return {
    version: 1,
    manifest: cidOfBytes(Uint8Array.of(1)),
    chainId: CHAIN_ID,
    scenario: SCENARIO,
    term: 1,
    round: ROUND,
    base: BASE,
    model: blobOf(2),
    strategy: { name: 'fedavg', weighting: 'samples' },
    estimator: 'exact',
    utility: 'negative-loss',
    validation: cidOfBytes(Uint8Array.of(2)),
    backend: 'wasm',
    tolerancePico: 10_000_000,
    silos: NAMES.map((name, i) => siloEntry(name, 2 * i)),
    utilitiesPico,
    shapleyPico: [...shapleyPico],
    shares: [...sharesByClient(shares, { indexes: [0, 2, 4], clients: 5 })],
  }
}

describe('evidence', () => {
  it('travels as canonical bytes and holds', () => {
    const evidence = bundle()
    const bytes = encodeEvidence(evidence)
    expect(parseEvidence(bytes)).toEqual(evidence)
    expect(encodeEvidence(parseEvidence(bytes))).toEqual(bytes)
    expect(checkEvidence(evidence, SIGNERS)).toEqual([])
    expect(evidence.shares.reduce((a, b) => a + b, 0)).toBe(1_000_000_000)
    expect([evidence.shares[1], evidence.shares[3]]).toEqual([0, 0])
  })

  it('T35: a tampered utility, value or share is found', () => {
    const flipped = bundle()
    flipped.utilitiesPico[1] = (flipped.utilitiesPico[1] ?? 0) + 5e11
    expect(checkEvidence(flipped, SIGNERS).map(({ code }) => code)).toEqual([
      'WRONG_VALUES',
      'WRONG_SHARES',
    ])
    const shifted = bundle()
    shifted.shares[0] = (shifted.shares[0] ?? 0) - 1
    shifted.shares[2] = (shifted.shares[2] ?? 0) + 1
    expect(checkEvidence(shifted, SIGNERS)).toEqual([{ code: 'WRONG_SHARES' }])
    expect(recomputeShares(shifted).shares).toEqual(bundle().shares)
    const valued = bundle()
    valued.shapleyPico[2] = (valued.shapleyPico[2] ?? 0) + 1
    expect(checkEvidence(valued, SIGNERS)).toEqual([{ code: 'WRONG_VALUES' }])
    expect(checkEvidence({ ...bundle(), utilitiesPico: [0] }, SIGNERS)).toEqual([
      { code: 'UTILITIES_INCOMPLETE' },
    ])
  })

  it('T35: an update that was not announced or receipted so is found', () => {
    const [alpha, beta, gamma] = bundle().silos
    if (!alpha || !beta || !gamma) throw new Error('three silos')
    const faults = (silos: Evidence['silos']) => checkEvidence({ ...bundle(), silos }, SIGNERS)
    expect(faults([{ ...alpha, samples: 11 }, beta, gamma])).toEqual([
      { code: 'BAD_ANNOUNCEMENT', silo: 'alpha' },
    ])
    expect(faults([{ ...alpha, update: blobOf(99) }, beta, gamma])).toEqual([
      { code: 'BAD_ANNOUNCEMENT', silo: 'alpha' },
      { code: 'BAD_RECEIPT', silo: 'alpha' },
    ])
    expect(faults([{ ...alpha, announcement: beta.announcement }, beta, gamma])).toEqual([
      { code: 'BAD_ANNOUNCEMENT', silo: 'alpha' },
    ])
    const forged = Uint8Array.from(alpha.receipt)
    forged[forged.length - 1] = (forged.at(-1) ?? 0) ^ 1
    expect(faults([{ ...alpha, receipt: forged }, beta, gamma])).toEqual([
      { code: 'BAD_RECEIPT', silo: 'alpha' },
    ])
    const later = { ...bundle(), round: ROUND + 1 }
    expect(checkEvidence(later, SIGNERS)).toHaveLength(6)
  })

  it('names silos once, in order, with places in the vector', () => {
    const [alpha, beta, gamma] = bundle().silos
    if (!alpha || !beta || !gamma) throw new Error('three silos')
    const codes = (silos: Evidence['silos']) =>
      checkEvidence({ ...bundle(), silos }, SIGNERS).map(({ code }) => code)
    expect(codes([beta, alpha, gamma])).toContain('SILOS_UNSORTED')
    expect(codes([alpha, { ...beta, index: 0 }, gamma])).toContain('BAD_INDEX')
    expect(codes([alpha, { ...beta, index: 5 }, gamma])).toContain('BAD_INDEX')
  })

  it('pays nobody in a void round', () => {
    const evidence: Evidence = {
      ...bundle(),
      utilitiesPico: [],
      shapleyPico: [0, 0, 0],
      shares: [0, 0, 0, 0, 0],
      voidReason: 'DIVERGED',
    }
    expect(checkEvidence(parseEvidence(encodeEvidence(evidence)), SIGNERS)).toEqual([])
    expect(checkEvidence({ ...evidence, shares: bundle().shares }, SIGNERS)).toEqual([
      { code: 'WRONG_SHARES' },
    ])
  })

  it('is parsed strictly: other bytes are EVIDENCE_MALFORMED and nothing else', () => {
    const bytes = encodeEvidence(bundle())
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const changed = Uint8Array.from(bytes)
        changed[at] = (changed[at] ?? 0) ^ change
        try {
          parseEvidence(changed)
        } catch (error) {
          expect(error).toBeInstanceOf(EvidenceError)
        }
      }),
      { seed: 3, numRuns: 200 },
    )
    for (const wrong of [
      { ...bundle(), extra: 1 },
      { ...bundle(), version: 2 },
      { ...bundle(), shares: [-1] },
      { ...bundle(), scenario: '0x1' },
    ]) {
      expect(() => parseEvidence(encodeEvidence(wrong as Evidence))).toThrow(EvidenceError)
    }
  })
})
