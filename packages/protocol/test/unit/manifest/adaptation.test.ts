import { describe, expect, it } from 'vitest'
import { cidOfBytes, cidOfObject } from '../../../src/ids.ts'
import { checkManifest } from '../../../src/manifest/check.ts'
import { decodeManifest, encodeManifest } from '../../../src/manifest/encode.ts'
import { explainManifest } from '../../../src/manifest/explain.ts'
import { formatManifestYaml } from '../../../src/manifest/format-yaml.ts'
import { printIssue } from '../../../src/manifest/issue.ts'
import { layerNames } from '../../../src/manifest/layer-names.ts'
import { countShared, layerParts } from '../../../src/manifest/layer-parts.ts'
import { parseManifestYaml } from '../../../src/manifest/parse-yaml.ts'
import { localModelOf, sharedModelOf } from '../../../src/manifest/shared-model.ts'
import type { ChainManifest } from '../../../src/manifest/types.ts'
import { planWarnings } from '../../../src/manifest/warnings.ts'
import { MANIFEST } from '../sample-manifest.ts'

const START = cidOfObject(Buffer.from('start'))
/** Weights of dense_1, dense_2 and dense_3 of the sample. */
const [FIRST, SECOND, THIRD] = [784 * 200 + 200, 200 * 200 + 200, 200 * 10 + 10]

type Training = ChainManifest['training']

function withTraining(
  training: Partial<Training>,
  changes: Partial<ChainManifest> = {},
): ChainManifest {
  return { ...MANIFEST, ...changes, training: { ...MANIFEST.training, ...training } }
}

/** What is wrong, a line each. */
function faults(...given: Parameters<typeof withTraining>): readonly string[] {
  const checked = checkManifest(withTraining(...given))
  return checked.ok ? [] : checked.issues.map((issue) => printIssue(issue))
}

describe('layers of a plan', () => {
  it('have the names that TensorFlow.js gives them', () => {
    const layers = [
      { className: 'DepthwiseConv2D', config: { kernelSize: 3 } },
      { className: 'GlobalMaxPooling1D', config: {} },
      { className: 'LSTM', config: { units: 2 } },
      { className: 'Dense', config: { units: 2 } },
      { className: 'Dense', config: { units: 2 } },
    ] as const
    expect(layerNames({ className: 'Sequential', layers })).toEqual([
      'depthwise_conv2d_1',
      'global_max_pooling1d_1',
      'lstm_1',
      'dense_1',
      'dense_2',
    ])
  })

  it.each<[string, Partial<Training>, string[], number]>([
    ['all travel', {}, ['shared', 'shared', 'shared'], FIRST + SECOND + THIRD],
    ['frozen ones do not', { freeze: ['dense_1'] }, ['frozen', 'shared', 'shared'], SECOND + THIRD],
    [
      'of frozen Dense ones adapters do',
      { freeze: ['dense_1', 'dense_2'], adapters: { rank: 3 } },
      ['adapted', 'adapted', 'shared'],
      3 * (784 + 200) + 3 * (200 + 200) + THIRD,
    ],
    [
      'adapters are on the layers that are named',
      { freeze: ['dense_1'], adapters: { rank: 3, layers: ['dense_2'] } },
      ['frozen', 'adapted', 'shared'],
      3 * (200 + 200) + THIRD,
    ],
    [
      'personal ones do not',
      { personal: ['dense_3'] },
      ['shared', 'shared', 'personal'],
      FIRST + SECOND,
    ],
  ])('%s', (_, training, fates, count) => {
    const manifest = withTraining({ start: START, ...training })
    expect(layerParts(manifest).map(({ fate }) => fate)).toEqual(fates)
    expect(countShared(manifest)).toBe(count)
    expect(faults({ start: START, ...training })).toEqual([])
  })

  it('that are personal are frozen in what travels, and trained in what a silo trains', () => {
    const base = new Float32Array(FIRST + SECOND + THIRD)
    const given = withTraining({
      ...{ start: START, freeze: ['dense_1'], personal: ['dense_3'] },
      adapters: { rank: 2 },
    })
    const adapters = { rank: 2, layers: ['dense_1'] }
    expect(sharedModelOf(given, base).adaptation).toEqual({
      ...{ base, adapters },
      freeze: ['dense_1', 'dense_3'],
    })
    expect(localModelOf(given, base).adaptation).toEqual({ base, adapters, freeze: ['dense_1'] })
    const personal = withTraining({ personal: ['dense_3'] })
    expect(localModelOf(personal, base).adaptation).toBeUndefined()
    expect(sharedModelOf(MANIFEST, base).adaptation).toBeUndefined()
  })
})

describe('a manifest that starts from a model', () => {
  const manifest = withTraining({
    ...{ start: START, freeze: ['dense_1'], personal: ['dense_3'] },
    adapters: { rank: 4, alpha: 0.5, layers: ['dense_1'] },
  })

  it('is the same after YAML, and after the wire', () => {
    expect(parseManifestYaml(formatManifestYaml(manifest), 'a.yaml')).toEqual(manifest)
    expect(decodeManifest(encodeManifest(manifest).bytes)).toEqual(manifest)
  })

  it('says so to whoever consents', () => {
    const lines = explainManifest(manifest).map(({ label, text }) => `${label}: ${text}`)
    expect(lines).toEqual(
      expect.arrayContaining([
        `Starts from: a given model, ${START}: no other can take its place`,
        'Adapters: dense_1 stay as given but for a change of rank 4 (LoRA): only that is trained and sent',
        'Stays here: the weights of dense_3: you train them for yourself',
        'Trained together: 44,136 numbers',
      ]),
    )
    expect(lines.find((line) => line.startsWith('Leaves here each round'))).toContain(
      '44,136 numbers (the trained weights)',
    )
  })

  it('with personal layers warns that they are measured as given', () => {
    expect(planWarnings(manifest).map(({ code }) => code)).toContain('PLAN_MEASURED_AS_GIVEN')
    const contribution = { ...MANIFEST.contribution, estimator: 'samples' } as const
    const codes = planWarnings({ ...manifest, contribution }).map(({ code }) => code)
    expect(codes).not.toContain('PLAN_MEASURED_AS_GIVEN')
  })
})

describe('a manifest is refused', () => {
  it.each<[string, Parameters<typeof withTraining>, string]>([
    [
      'T20: with a layer that it does not have',
      [{ start: START, freeze: ['dense_4'] }],
      'training.freeze.0: got "dense_4", expected a layer with weights: dense_1, dense_2, dense_3',
    ],
    [
      'with a layer without weights',
      [{ start: START, personal: ['flatten_1'] }],
      'training.personal.0: got "flatten_1", expected a layer with weights: dense_1, dense_2, dense_3',
    ],
    [
      'with the CID of a file for a model',
      [{ start: cidOfBytes(Buffer.from('file')) }],
      `training.start: got "${cidOfBytes(Buffer.from('file'))}", expected the CID that`,
    ],
    [
      'with frozen layers that come from nowhere',
      [{ freeze: ['dense_1'] }],
      'training.start: got nothing, expected the CID of a given model',
    ],
    [
      'with layers that are all personal',
      [{ personal: ['dense_1', 'dense_2', 'dense_3'] }],
      'training.personal: got "dense_1, dense_2, dense_3", expected a layer that is left to train',
    ],
    [
      'with nothing left to train together',
      [{ start: START, freeze: ['dense_1', 'dense_2'], personal: ['dense_3'] }],
      'expected a layer that is left to train together',
    ],
    [
      'with adapters on nothing',
      [{ start: START, adapters: { rank: 2 } }],
      'training.adapters.layers: got nothing, expected a Dense layer',
    ],
    [
      'with adapters larger than a layer',
      [{ start: START, adapters: { rank: 11, layers: ['dense_3'] } }],
      'training.adapters.rank: got 11, expected at most 10',
    ],
    [
      'with a layer that is both frozen and personal',
      [{ start: START, freeze: ['dense_1'], personal: ['dense_1'] }],
      'training.personal.0: got "dense_1", expected a layer that is neither frozen nor has adapters',
    ],
    [
      'with a layer twice',
      [{ start: START, freeze: ['dense_1', 'dense_1'] }],
      'training.freeze: got "dense_1", expected every name once',
    ],
    [
      'with personal layers and control variates',
      [
        { start: START, personal: ['dense_3'] },
        { strategy: { name: 'scaffold', weighting: 'equal' } },
      ],
      'strategy.name: got "scaffold", expected another strategy with training.personal',
    ],
    [
      'with values measured through layers that nobody trained',
      [{ personal: ['dense_3'] }],
      'contribution.estimator: got "exact", expected "equal" or "samples"',
    ],
  ])('%s', (_, given, line) => {
    expect(faults(...given).join('\n')).toContain(line)
  })
})
