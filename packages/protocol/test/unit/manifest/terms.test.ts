import { describe, expect, it } from 'vitest'
import { checkManifest } from '../../../src/manifest/check.ts'
import { decodeManifest, encodeManifest } from '../../../src/manifest/encode.ts'
import { explainManifest } from '../../../src/manifest/explain.ts'
import { formatManifestYaml } from '../../../src/manifest/format-yaml.ts'
import { parseManifestYaml } from '../../../src/manifest/parse-yaml.ts'
import type { ChainManifest, Manifest } from '../../../src/manifest/types.ts'
import { fromHex, readVectors, toHex } from '../read-vectors.ts'
import { MANIFEST } from '../sample-manifest.ts'

type TermsVector = {
  readonly yaml: string
  readonly manifest: Manifest
  readonly hex: string
  readonly cid: string
}

const ATTESTERS = ['aa', 'bb', 'cc'].map((byte) => `0x${byte.repeat(20)}`)
const [FIRST = ''] = ATTESTERS
const NOBODY = `0x${'00'.repeat(20)}`
const TERMS: ChainManifest = {
  ...MANIFEST,
  reward: { ...MANIFEST.reward, challengeSeconds: 3_600, schedule: { kind: 'fixed' } },
  market: { ...MANIFEST.market, maxIssuance: 5 },
  dispute: { bond: '50', attesters: ATTESTERS, threshold: 2 },
  guardian: FIRST,
}

const linesOf = (manifest: Manifest, label: string): string[] =>
  explainManifest(manifest, { currency: 'EUR' })
    .filter((line) => line.label === label)
    .map(({ text }) => text)

/** Paths of everything that is wrong with TERMS when some of its sections are others. */
const issuesOf = (changes: Record<string, unknown>): string[] => {
  const checked = checkManifest({ ...TERMS, ...changes })
  return checked.ok ? [] : checked.issues.map(({ path }) => path)
}

describe('the terms that the contracts enforce', () => {
  it('are those of the vectors: from YAML, addresses bare, to bytes to CID and back', () => {
    const { yaml, manifest, hex, cid } = readVectors<TermsVector>('manifest-terms')
    expect(parseManifestYaml(yaml, 'federation.yaml')).toEqual(manifest)
    const encoded = encodeManifest(manifest)
    expect(toHex(encoded.bytes)).toBe(hex)
    expect(encoded.cid).toBe(cid)
    expect(decodeManifest(fromHex(hex))).toEqual(manifest)
  })

  it('survive YAML', () => {
    expect(parseManifestYaml(formatManifestYaml(TERMS), 'x.yaml')).toEqual(TERMS)
  })

  it('change the CID of a manifest, and leave it alone when they are absent', () => {
    const { reward, market } = MANIFEST
    const { cid } = encodeManifest(MANIFEST)
    expect(encodeManifest({ ...TERMS, reward, market }).cid).not.toBe(cid)
    const { dispute, guardian, ...plain } = { ...TERMS, reward, market }
    expect(encodeManifest(plain).cid).toBe(cid)
  })

  it('are said in plain words, and only when there are any', () => {
    expect(linesOf(TERMS, 'Schedule')).toEqual([
      '100 EUR in every round; the chain takes no outcome of a round that holds less',
    ])
    expect(linesOf(TERMS, 'Issuance')).toEqual([
      'the federator may give a silo up to 5 times as many tokens as another',
    ])
    expect(linesOf(TERMS, 'Disputes')).toEqual([
      "50 EUR stand behind every outcome; anybody may dispute it within 1 h with as much; 2 of 3 attesters decide; half of the loser's stake goes to the winner, half to the round",
    ])
    expect(linesOf(TERMS, 'Attester')).toEqual(ATTESTERS)
    expect(linesOf(TERMS, 'Guardian')[0]).toMatch(new RegExp(`^${FIRST} may pause the market`))
    const schedule = { kind: 'geometric', ratio: 0.9 } as const
    const shrinking = { ...TERMS, reward: { ...TERMS.reward, schedule } }
    expect(linesOf(shrinking, 'Schedule')[0]).toContain('100 EUR in round 1, then 0.9 times')
    const judged = { ...TERMS, dispute: { bond: '1000', resolver: FIRST } }
    expect(linesOf(judged, 'Disputes')[0]).toContain(`1,000 EUR stand behind every outcome`)
    expect(linesOf(judged, 'Disputes')[0]).toContain(`the contract ${FIRST} decides`)
    const labels = explainManifest(MANIFEST).map(({ label }) => label)
    for (const label of ['Schedule', 'Issuance', 'Disputes', 'Attester', 'Guardian']) {
      expect(labels).not.toContain(label)
    }
  })

  const dispute = (changes: object) => ({ dispute: { ...TERMS.dispute, ...changes } })
  const reward = (changes: object) => ({ reward: { ...TERMS.reward, ...changes } })
  const market = (changes: object) => ({ market: { ...TERMS.market, ...changes } })

  it.each<[string, Record<string, unknown>, readonly string[]]>([
    ['nothing wrong', {}, []],
    ['a schedule of nothing', reward({ perRound: '0' }), ['reward.perRound']],
    ['an unknown schedule', reward({ schedule: { kind: 'linear' } }), ['reward.schedule.kind']],
    [
      'a ratio below one half',
      reward({ schedule: { kind: 'geometric', ratio: 0.49 } }),
      ['reward.schedule.ratio'],
    ],
    [
      'a ratio of one, which is another kind',
      reward({ schedule: { kind: 'geometric', ratio: 1 } }),
      ['reward.schedule.ratio'],
    ],
    [
      'a ratio in a fixed schedule',
      reward({ schedule: { kind: 'fixed', ratio: 0.9 } }),
      ['reward.schedule.ratio'],
    ],
    ['no time to dispute', reward({ challengeSeconds: 0 }), ['reward.challengeSeconds']],
    ['a bond of nothing', dispute({ bond: '0.0' }), ['dispute.bond']],
    ['two who decide', dispute({ resolver: FIRST }), ['dispute']],
    ['nobody who decides', { dispute: { bond: '1' } }, ['dispute']],
    ['a threshold of half', dispute({ attesters: ATTESTERS, threshold: 1 }), ['dispute.threshold']],
    ['a threshold above all', dispute({ threshold: 4 }), ['dispute.threshold']],
    [
      'attesters without a threshold',
      { dispute: { bond: '1', attesters: ATTESTERS } },
      ['dispute.threshold'],
    ],
    [
      'a threshold without attesters',
      { dispute: { bond: '1', resolver: FIRST, threshold: 1 } },
      ['dispute.threshold'],
    ],
    [
      'an attester twice',
      dispute({ attesters: [FIRST, FIRST], threshold: 2 }),
      ['dispute.attesters'],
    ],
    ['nobody as an attester', dispute({ attesters: [FIRST, NOBODY], threshold: 2 }), ['dispute']],
    [
      'an address in capitals',
      dispute({ attesters: [FIRST.toUpperCase()] }),
      ['dispute.attesters.0'],
    ],
    ['nobody as the guardian', { guardian: NOBODY }, ['guardian']],
    ['half an address', { guardian: '0x1234' }, ['guardian']],
    ['an issuance of one, which is the usual', market({ maxIssuance: 1 }), ['market.maxIssuance']],
    ['an issuance above the bound', market({ maxIssuance: 101 }), ['market.maxIssuance']],
  ])('are checked: %s', (_, changes, paths) => {
    expect(issuesOf(changes)).toEqual(paths)
  })
})
