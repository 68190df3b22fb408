import { describe, expect, it } from 'vitest'
import { checkManifest } from '../../../src/manifest/check.ts'
import { decodeManifest, encodeManifest } from '../../../src/manifest/encode.ts'
import { explainManifest } from '../../../src/manifest/explain.ts'
import { formatManifestYaml } from '../../../src/manifest/format-yaml.ts'
import { printIssue } from '../../../src/manifest/issue.ts'
import {
  defaultStrategy,
  ESTIMATOR_NAMES,
  STRATEGY_NAMES,
  UTILITY_NAMES,
} from '../../../src/manifest/method-names.ts'
import { parseManifestYaml } from '../../../src/manifest/parse-yaml.ts'
import { minimumSilos } from '../../../src/manifest/strategy-limits.ts'
import type {
  ChainManifest,
  CompressionSpec,
  ContributionSpec,
  Manifest,
  StrategySpec,
} from '../../../src/manifest/types.ts'
import { planWarnings } from '../../../src/manifest/warnings.ts'
import { MANIFEST } from '../sample-manifest.ts'

const PEER = '12D3KooWPjceQrSwdWXPyLLeABRXmuqt69Rg3sBYbU1Nft9HyQ6X'

const STRATEGIES: readonly StrategySpec[] = [
  { name: 'fedavg', weighting: 'equal' },
  { name: 'fednova', weighting: 'samples' },
  { name: 'fedavgm', weighting: 'samples', serverLearningRate: 0.5, momentum: 0.9 },
  { name: 'fedadagrad', weighting: 'samples', serverLearningRate: 0.1, adaptivity: 1e-3 },
  { name: 'fedadam', weighting: 'samples', beta1: 0.9, beta2: 0.99 },
  { name: 'fedyogi', weighting: 'equal' },
  { name: 'fedprox', weighting: 'samples', proximal: 0.01 },
  { name: 'scaffold', weighting: 'samples', serverLearningRate: 1 },
  { name: 'median', weighting: 'equal' },
  { name: 'trimmed-mean', weighting: 'equal', trim: 0.2 },
  { name: 'krum', weighting: 'equal', attackers: 0 },
  { name: 'multi-krum', weighting: 'equal', keep: 2 },
  { name: 'bulyan', weighting: 'equal' },
  { name: 'geometric-median', weighting: 'samples', iterations: 4, smoothing: 1e-6 },
  { name: 'centered-clipping', weighting: 'equal', radius: 10, iterations: 1, momentum: 0.9 },
  { name: 'norm-clipping', weighting: 'samples', bound: 3.5 },
  { name: 'foolsgold', weighting: 'equal' },
]

const changed = (change: Partial<ChainManifest>): Manifest => ({ ...MANIFEST, ...change })
const valued = (change: Partial<ContributionSpec>): Manifest =>
  changed({ contribution: { ...MANIFEST.contribution, ...change } })

function issuesOf(value: unknown): readonly string[] {
  const result = checkManifest(value)
  return result.ok ? [] : result.issues.map(printIssue)
}

function textOf(manifest: Manifest, label: string): string | undefined {
  return explainManifest(manifest).find((line) => line.label === label)?.text
}

describe('the methods of a manifest', () => {
  it.each(STRATEGIES)('survive bytes and YAML: $name', (strategy) => {
    const manifest = changed({ strategy })
    expect(decodeManifest(encodeManifest(manifest).bytes)).toEqual(manifest)
    const yaml = formatManifestYaml(manifest)
    expect(parseManifestYaml(yaml, 'federation.yaml')).toEqual(manifest)
    expect(textOf(manifest, 'Aggregation')).toMatch(/, (by samples|each counts once)$/)
  })

  it.each<CompressionSpec>([
    { kind: 'none' },
    { kind: 'fp16' },
    { kind: 'int8' },
    { kind: 'top-k', ratio: 0.01 },
  ])('survive bytes: compression $kind', (compression) => {
    const manifest = changed({ compression })
    expect(decodeManifest(encodeManifest(manifest).bytes)).toEqual(manifest)
  })

  it('are refused when the evidence of a round could not hold the values per class', () => {
    const classes = Array.from({ length: 400 }, (_, i) => `c${i}`)
    const federation = (evaluations: number): Manifest => ({
      ...valued({ estimator: 'permutation', classWise: true, budget: { evaluations } }),
      data: { kind: 'array', shape: [2], classes },
      model: {
        className: 'Sequential',
        layers: [{ className: 'Dense', config: { units: 400, activation: 'softmax' } }],
      },
    })
    expect(issuesOf(federation(3_748))).toEqual([])
    expect(issuesOf(federation(3_749))).toEqual([
      expect.stringContaining('contribution.classWise: got true, expected false: 3751 evaluations'),
    ])
  })

  it('survive bytes: everything that can be said of contributions', () => {
    const manifest = valued({
      estimator: 'centered-regression',
      utility: 'auc',
      validationShare: 0.5,
      budget: { evaluations: 160, standardError: 1e-4, seconds: 30 },
      classWise: true,
      minimumGain: 0.001,
      tolerance: 1e-5,
      verifiers: [PEER],
    })
    expect(issuesOf(manifest)).toEqual([])
    expect(decodeManifest(encodeManifest(manifest).bytes)).toEqual(manifest)
  })

  it.each([
    [
      'an option of another method',
      changed({ strategy: { name: 'median', weighting: 'equal', trim: 0.1 } as StrategySpec }),
      /^strategy\.trim: got an unknown key, expected one of the keys name, weighting$/,
    ],
    [
      'a robust method weighted by what silos state',
      changed({ strategy: { name: 'krum', weighting: 'samples' } as unknown as StrategySpec }),
      /^strategy\.weighting: got "samples", expected one of "equal"|^strategy\.weighting: got "samples", expected "equal"/,
    ],
    [
      'an unknown method',
      changed({ strategy: { name: 'magic', weighting: 'equal' } as unknown as StrategySpec }),
      /^strategy.*"fedavg"/,
    ],
    [
      'more attackers than the silos bear',
      changed({ strategy: { name: 'krum', weighting: 'equal', attackers: 1 } }),
      /^rounds\.minSilos: got 3, expected at least 5, so that krum bears the attackers it names$/,
    ],
    [
      'keeping more than there are',
      changed({ strategy: { name: 'multi-krum', weighting: 'equal', keep: 4 } }),
      /^strategy\.keep: got 4, expected at most rounds\.minSilos, which is 3$/,
    ],
    [
      'SCAFFOLD over a lossy wire',
      changed({
        strategy: { name: 'scaffold', weighting: 'samples' },
        compression: { kind: 'int8' },
      }),
      /^compression\.kind: got "int8", expected "none" with scaffold/,
    ],
    [
      'a budget where nothing is drawn',
      valued({ budget: { evaluations: 100 } }),
      /^contribution\.budget: got a map, expected nothing: "exact" evaluates a fixed number/,
    ],
    [
      'a budget that is too small',
      valued({ estimator: 'gtg', budget: { evaluations: 11 } }),
      /^contribution\.budget\.evaluations: got 11, expected at least 13/,
    ],
    [
      'a verifier twice',
      valued({ verifiers: [PEER, PEER] }),
      /^contribution\.verifiers: got "12D3KooW.*expected every name once$/,
    ],
    [
      'a verifier that is no peer',
      valued({ verifiers: ['somebody'] }),
      /^contribution\.verifiers\.0: got "somebody", expected a peer id/,
    ],
  ])('are refused with one line: %s', (_, manifest, expected) => {
    const issues = issuesOf(manifest)
    expect(issues).toHaveLength(1)
    expect(issues[0]).toMatch(expected)
  })

  it.each(STRATEGY_NAMES)('have defaults that are a manifest: %s', (name) => {
    expect(issuesOf(changed({ strategy: defaultStrategy(name) }))).toEqual([])
  })

  it.each(ESTIMATOR_NAMES)('are valued by %s', (estimator) => {
    for (const utility of UTILITY_NAMES.filter((name) => name !== 'negative-mae')) {
      expect(issuesOf(valued({ estimator, utility }))).toEqual([])
    }
  })

  it('are measured by what the task has', () => {
    expect(issuesOf(valued({ utility: 'negative-mae' }))).toEqual([
      expect.stringMatching(
        /^contribution.utility: got "negative-mae", expected one of accuracy, .*, because the task is classification$/,
      ),
    ])
  })

  it('take more than 12 silos unless every coalition is to be evaluated', () => {
    const rounds = { ...MANIFEST.rounds, maxSilos: 40 }
    expect(issuesOf({ ...valued({ estimator: 'auto' }), rounds })).toEqual([])
    expect(issuesOf({ ...MANIFEST, rounds })).toHaveLength(1)
  })

  it('tell a silo who reads its updates and what of them travels', () => {
    const manifest = {
      ...valued({ verifiers: [PEER] }),
      compression: { kind: 'top-k', ratio: 0.01 },
    }
    const told = explainManifest(manifest as Manifest)
    expect(told.find(({ label }) => label === 'Verifier')?.text).toContain(PEER)
    expect(told.find(({ label }) => label === 'Privacy')?.text).toMatch(
      /read by the federator and 1 verifier$/,
    )
    expect(told.find(({ label }) => label === 'Leaves here each round')?.text).toMatch(
      /^1,993 of 199,210 numbers/,
    )
  })

  it('say when pay is not measured', () => {
    expect(textOf(valued({ estimator: 'equal' }), 'Contribution')).toMatch(/^not measured/)
    expect(textOf(valued({ validationShare: 0.5 }), 'Contribution')).toMatch(/50 % of the/)
  })
})

describe('limits.maxRows', () => {
  it('survives bytes, and refuses a silo that has more rows before it takes part', () => {
    const manifest = changed({ limits: { ...MANIFEST.limits, maxRows: 500 } })
    expect(decodeManifest(encodeManifest(manifest).bytes)).toEqual(manifest)
    expect(
      planWarnings(manifest, { used: 500 }).some(({ severity }) => severity === 'refuse'),
    ).toBe(false)
    expect(planWarnings(manifest, { used: 501 })).toContainEqual({
      code: 'PLAN_ABOVE_MAXIMUM_ROWS',
      severity: 'refuse',
      text: '501 rows, the manifest takes at most 500 from one silo',
    })
  })
})

describe('minimumSilos', () => {
  it('is 2f + 3 for Krum, 4f + 3 for Bulyan, and 1 where nobody is named', () => {
    expect(minimumSilos({ name: 'krum', weighting: 'equal', attackers: 3 })).toBe(9)
    expect(minimumSilos({ name: 'bulyan', weighting: 'equal', attackers: 2 })).toBe(11)
    expect(minimumSilos({ name: 'krum', weighting: 'equal' })).toBe(1)
    expect(minimumSilos({ name: 'median', weighting: 'equal' })).toBe(1)
  })
})
