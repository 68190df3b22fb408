import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeCoalitions, encodeCoalitions } from '../../../src/evidence/coalition-bytes.ts'
import { encodeEvidence, MAX_EVIDENCE_BYTES } from '../../../src/evidence/encode-evidence.ts'
import type { Evidence } from '../../../src/evidence/evidence.ts'
import { EvidenceError } from '../../../src/evidence/evidence-error.ts'
import { parseEvidence } from '../../../src/evidence/parse-evidence.ts'
import { namesOf, sampleEvidence, siloEntry } from '../../support/sample-evidence.ts'
import { tinyManifest } from '../../support/tiny-federation.ts'

const good = await sampleEvidence(3, (coalition) => Number(coalition) * 1e11)

describe('evidence', () => {
  it('travels as canonical bytes', () => {
    const bytes = encodeEvidence(good)
    expect(parseEvidence(bytes)).toEqual(good)
    expect(encodeEvidence(parseEvidence(bytes))).toEqual(bytes)
  })

  it.each<[string, object]>([
    ['a key too many', { more: 1 }],
    ['another version', { version: 1 }],
    ['a short secret', { reveal: new Uint8Array(31) }],
    ['an open estimator', { estimator: 'auto' }],
    ['a negative error', { standardErrorsPico: [-1] }],
    ['a share above the pot', { shares: [1_000_000_001] }],
    ['a silo called like a path', { silos: [{ ...good.silos[0], silo: '../a' }] }],
    ['state called like markup', { stateAfter: [{ name: '<b>', blob: good.base }] }],
    ['an unknown finding', { findings: [{ code: 'RUDE', silo: 'silo-00', measurePico: 0 }] }],
    ['an unknown reason', { voidReason: 'BORED' }],
    ['T23: software that moves the cursor', { software: 'fednode\u001b[2J\u001b[H' }],
    ['T23: software that turns the line around', { software: 'fednode \u202e1.0' }],
    ['a round that no federation reaches', { round: Number.MAX_SAFE_INTEGER }],
    ['a utility that is no number', { utilitiesPico: [null] }],
    ['a recall that is no number', { classesPico: [[null]] }],
    ['a class that is no list', { classesPico: [null] }],
  ])('T22: is refused with %s', (_, change) => {
    // Typed as evidence only to get past the encoder.
    const wrong = { ...good, ...change } as Evidence
    expect(() => parseEvidence(encodeEvidence(wrong))).toThrow(EvidenceError)
  })

  it('T18: never ends in anything but its own error, whatever bytes come', () => {
    const bytes = encodeEvidence(good)
    const attempt = (changed: Uint8Array): void => {
      try {
        expect(encodeEvidence(parseEvidence(changed))).toEqual(changed)
      } catch (error) {
        expect(error).toBeInstanceOf(EvidenceError)
      }
    }
    const position = fc.nat({ max: bytes.length - 1 })
    fc.assert(
      fc.property(position, fc.integer({ min: 1, max: 255 }), (at, flip) => {
        attempt(bytes.with(at, (bytes[at] ?? 0) ^ flip))
        attempt(bytes.slice(0, at))
      }),
      { numRuns: 300 },
    )
    fc.assert(fc.property(fc.uint8Array({ maxLength: 64 }), attempt))
  })

  it('fits with 4,096 coalitions of a hundred silos into the cap, and is refused above it', () => {
    const { training } = tinyManifest()
    const wide: Evidence = {
      ...good,
      silos: namesOf(100).map((name, i) => siloEntry(name, i % 90, training)),
      coalitions: new Uint8Array(4_096 * 13),
      utilitiesPico: new Array<number>(4_096).fill(-(10 ** 12)),
      classesPico: Array.from({ length: 4_096 }, () => new Array<number>(10).fill(10 ** 12)),
    }
    expect(encodeEvidence(wide).length).toBeLessThan(MAX_EVIDENCE_BYTES / 10)
    const classesPico = Array.from({ length: 4_096 }, () => new Array<number>(600).fill(10 ** 12))
    expect(() => encodeEvidence({ ...wide, classesPico })).toThrow(/at most 16777216 are read/)
  })

  it('keeps coalitions of any number of silos', () => {
    const any = fc
      .integer({ min: 1, max: 100 })
      .chain((silos) =>
        fc.tuple(
          fc.constant(silos),
          fc.uniqueArray(fc.bigInt({ min: 0n, max: (1n << BigInt(silos)) - 1n })),
        ),
      )
    fc.assert(
      fc.property(any, ([silos, coalitions]) => {
        const bytes = encodeCoalitions(coalitions, silos)
        expect(bytes).toHaveLength(coalitions.length * Math.ceil(silos / 8))
        expect(decodeCoalitions(bytes, silos)).toEqual(coalitions)
      }),
    )
    expect(decodeCoalitions(new Uint8Array(), 0)).toEqual([])
  })
})
