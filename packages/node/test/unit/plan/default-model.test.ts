import {
  checkManifest,
  cidOfBytes,
  type DataSpec,
  formatManifestYaml,
  parseManifestYaml,
} from '@fednode/protocol'
import { describe, expect, test } from 'vitest'
import { describeData } from '../../../src/plan/describe-data.ts'
import { draftManifest } from '../../../src/plan/draft-manifest.ts'

const COLUMNS = [
  { name: 'age', type: 'integer' },
  { name: 'sex', type: 'category', categories: ['f', 'm'] },
] as const
const TABLE = { kind: 'table', columns: COLUMNS, missingRows: 'drop' } as const
const LABEL = { column: 'ill', classes: ['no', 'yes'] } as const

const DATA: readonly (readonly [string, DataSpec, readonly string[], string])[] = [
  ['classification', { ...TABLE, label: LABEL }, ['Dense'], 'Predict ill from 2 columns'],
  ['regression', { ...TABLE, label: { column: 'y' } }, ['Dense'], 'Predict y from 2 columns'],
  [
    'survival',
    { ...TABLE, label: { time: 't', event: 'died' } },
    ['Dense'],
    'Predict the risk of died from 2 columns',
  ],
  ['anomaly', TABLE, ['Dense', 'Dense'], 'Learn what rows are usual from 2 columns'],
  [
    'regression',
    {
      kind: 'series',
      columns: [{ name: 'g', type: 'number' }],
      label: { column: 'g' },
      time: 't',
      silo: 'who',
      stepSeconds: 900,
      past: 12,
      horizon: 2,
    },
    ['Flatten', 'Dense'],
    'Forecast g 1800 s ahead from 12 readings',
  ],
  [
    'classification',
    { kind: 'text', column: 'said', label: LABEL, tokens: 8, buckets: 100 },
    ['Embedding', 'GlobalAveragePooling1D', 'Dense'],
    'Predict ill from the words of said',
  ],
  [
    'classification',
    { kind: 'array', shape: [4, 4], classes: ['a', 'b'] },
    ['Flatten', 'Dense'],
    'Tell classes of arrays apart',
  ],
]

describe('draftManifest', () => {
  test.each(DATA)('is valid for %s, and survives YAML: %j', (task, data, layers, words) => {
    for (const hidden of [[], [8, 4]]) {
      const manifest = draftManifest({
        name: 'x',
        data,
        validation: cidOfBytes(Uint8Array.of(1)),
        rounds: 2,
        strategy: 'fedavg',
        estimator: 'auto',
        utility: 'negative-loss',
        minSilos: 2,
        maxSilos: 4,
        hidden,
        deadlineSeconds: 60,
        registrationSeconds: 60,
        reward: '1',
        market: undefined,
        seed: 7,
      })
      expect(checkManifest(manifest)).toMatchObject({ ok: true })
      expect(parseManifestYaml(formatManifestYaml(manifest), 'x.yaml')).toEqual(manifest)
      expect(manifest.task).toBe(task)
      if (hidden.length === 0)
        expect(manifest.model.layers.map(({ className }) => className)).toEqual(layers)
    }
    expect(describeData(data)).toBe(words)
  })
})
