import { readFile } from 'node:fs/promises'
import { parseManifestYaml } from '@fednode/protocol'
import { describe, expect, it } from 'vitest'
import { exampleManifest } from '../../../src/local/example-manifest.ts'
import { requireChain } from '../../../src/plan/require-chain.ts'

const YAML = new URL('../../../examples/digits/federation.yaml', import.meta.url)
const written = requireChain(
  parseManifestYaml(await readFile(YAML, 'utf8'), 'federation.yaml'),
  'federation.yaml',
)

describe('exampleManifest', () => {
  it('is what was written when nothing is asked for', () => {
    expect(exampleManifest(written, { silos: 5 })).toEqual(written)
  })

  it('says the strategy, told how many attack, and goes on without the attackers', () => {
    const attack = { name: 'sign-flip', attackers: 3 } as const
    const krum = exampleManifest(written, { silos: 10, strategy: 'krum', attack })
    expect(krum.strategy).toEqual({ name: 'krum', weighting: 'equal', attackers: 3 })
    expect(krum.rounds).toMatchObject({ minSilos: 9, maxSilos: 10 })
    const trimmed = exampleManifest(written, { silos: 10, strategy: 'trimmed-mean', attack })
    expect(trimmed.rounds).toMatchObject({ minSilos: 7, maxSilos: 10 })
    expect(trimmed.strategy).toEqual({ name: 'trimmed-mean', weighting: 'equal', trim: 0.3 })
  })

  it('counts silos by their samples where the method allows it', () => {
    const named = exampleManifest(written, { silos: 5, strategy: 'fedadam' })
    expect(named.strategy).toEqual({ name: 'fedadam', weighting: 'samples' })
  })

  it('estimates where exact values take too long', () => {
    expect(exampleManifest(written, { silos: 12 }).contribution.estimator).toBe('exact')
    expect(exampleManifest(written, { silos: 13 }).contribution.estimator).toBe('auto')
  })

  it('refuses what a strategy cannot bear in one line', () => {
    const attack = { name: 'sign-flip', attackers: 3 } as const
    expect(() => exampleManifest(written, { silos: 10, strategy: 'bulyan', attack })).toThrow(
      /^the example cannot be run so: .*15/,
    )
  })
})
