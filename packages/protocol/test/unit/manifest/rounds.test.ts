import { describe, expect, it } from 'vitest'
import { checkManifest } from '../../../src/manifest/check.ts'
import { decodeManifest, encodeManifest } from '../../../src/manifest/encode.ts'
import { explainManifest } from '../../../src/manifest/explain.ts'
import { formatManifestYaml } from '../../../src/manifest/format-yaml.ts'
import { parseManifestYaml } from '../../../src/manifest/parse-yaml.ts'
import type { Manifest } from '../../../src/manifest/types.ts'
import { MANIFEST } from '../sample-manifest.ts'

const withRounds = (changes: Partial<Manifest['rounds']>): Manifest => ({
  ...MANIFEST,
  rounds: { ...MANIFEST.rounds, ...changes },
})

describe('what a manifest says of stragglers and draws', () => {
  const plan = withRounds({ targetShare: 0.75, sampleShare: 0.5 })

  it('survives the wire and YAML, and leaves a manifest without it as it was', () => {
    expect(decodeManifest(encodeManifest(plan).bytes)).toEqual(plan)
    expect(parseManifestYaml(formatManifestYaml(plan), 'x.yaml')).toEqual(plan)
    expect(encodeManifest(plan).cid).not.toBe(encodeManifest(MANIFEST).cid)
  })

  it('is shares of one', () => {
    for (const share of [0, -0.1, 1.01, Number.NaN]) {
      const checked = checkManifest(withRounds({ targetShare: share, sampleShare: share }))
      expect(checked.ok || checked.issues.map(({ path }) => path)).toEqual([
        'rounds.targetShare',
        'rounds.sampleShare',
      ])
    }
  })

  it('is said in plain words, and only when there is a share', () => {
    const said = (manifest: Manifest, label = 'Stragglers') =>
      explainManifest(manifest).find((line) => line.label === label)?.text
    expect(said(plan, 'Draw')).toBe(
      '50 % of the silos are drawn for each round, at least 3; the others wait, send nothing and are not paid for it; anybody can check the draw afterwards',
    )
    expect(said(plan)).toBe(
      'once 75 % of the updates are in, a round waits no longer than 1.5 times what updates usually take; who is later is told so and not paid for the round',
    )
    expect(said(MANIFEST)).toBeUndefined()
  })
})
