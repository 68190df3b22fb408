import { describe, expect, it } from 'vitest'
import { checkManifest } from '../../../src/manifest/check.ts'
import { decodeManifest, encodeManifest } from '../../../src/manifest/encode.ts'
import { explainManifest } from '../../../src/manifest/explain.ts'
import { formatManifestYaml } from '../../../src/manifest/format-yaml.ts'
import { printIssue } from '../../../src/manifest/issue.ts'
import { modelSpecOf } from '../../../src/manifest/model-spec.ts'
import { parseManifestYaml } from '../../../src/manifest/parse-yaml.ts'
import type { ChainManifest, Manifest } from '../../../src/manifest/types.ts'
import { MANIFEST } from '../sample-manifest.ts'

const age = { name: 'age', type: 'number', scale: { mean: 50, deviation: 12.5 } } as const
const stage = { name: 'stage', type: 'category', categories: ['I', 'II'] } as const
const dense = (units: number): Manifest['model']['layers'][number] => ({
  className: 'Dense',
  config: { units },
})
const linear = (units: number): Manifest['model'] => ({
  className: 'Sequential',
  layers: [dense(units)],
})
const measured = (utility: Manifest['contribution']['utility']): Manifest['contribution'] => ({
  ...MANIFEST.contribution,
  utility,
})
const table = { kind: 'table', columns: [age, stage], missingRows: 'impute' } as const

/** One manifest of every task and kind of data. */
const TASKS: Readonly<Record<string, Partial<ChainManifest>>> = {
  regression: {
    task: 'regression',
    data: {
      ...table,
      label: { column: 'days', unit: 'd', min: 0, scale: { mean: 9.5, deviation: 3 } },
    },
    model: linear(1),
    training: { ...MANIFEST.training, optimizer: 'adamw', weightDecay: 0.01, loss: 'huber' },
    contribution: measured('negative-mae'),
  },
  survival: {
    task: 'survival',
    data: { ...table, group: ['patient'], label: { time: 'T', event: 'E' } },
    model: linear(1),
    training: { optimizer: 'adam', learningRate: 0.01, batchSize: 64, steps: 40 },
    contribution: measured('c-index'),
  },
  anomaly: {
    task: 'anomaly',
    data: table,
    model: { className: 'Sequential', layers: [dense(2), dense(3)] },
    contribution: measured('negative-rmse'),
  },
  forecast: {
    task: 'regression',
    data: {
      kind: 'series',
      columns: [
        { name: 'cgm', type: 'number', unit: 'mg/dl', scale: { mean: 140, deviation: 55 } },
      ],
      label: { column: 'cgm', unit: 'mg/dl', scale: { mean: 140, deviation: 55 } },
      time: 'time',
      group: ['patient', 'period'],
      stepSeconds: 900,
      past: 12,
      horizon: 2,
    },
    model: {
      className: 'Sequential',
      layers: [{ className: 'GRU', config: { units: 16 } }, dense(1)],
    },
    training: { ...MANIFEST.training, schedule: { kind: 'cosine', least: 0.05 }, momentum: 0.9 },
    contribution: measured('negative-rmse'),
  },
  text: {
    data: {
      kind: 'text',
      column: 'sentence',
      label: { column: 'label', classes: ['0', '1'] },
      tokens: 40,
      buckets: 4_096,
    },
    model: {
      className: 'Sequential',
      layers: [
        { className: 'Embedding', config: { inputDim: 4_097, outputDim: 16, maskZero: true } },
        { className: 'GlobalAveragePooling1D', config: {} },
        { className: 'Dense', config: { units: 2, activation: 'softmax' } },
      ],
    },
    training: {
      ...MANIFEST.training,
      classWeights: [1, 2.5],
      earlyStop: { share: 0.2, patience: 3 },
    },
  },
}

const manifestOf = (change: Partial<ChainManifest>): Manifest => ({ ...MANIFEST, ...change })

function problemsOf(name: string, change: Partial<ChainManifest>): string {
  const result = checkManifest(manifestOf({ ...TASKS[name], ...change }))
  return result.ok ? 'none' : result.issues.map(printIssue).join('\n')
}

/** The first three lines that a silo's administrator reads. */
const EXPLAINED: Readonly<Record<string, readonly string[]>> = {
  regression: [
    'Task: predict days, a number (d) from 2 columns',
    'Model: linear regression, 4 weights; no code is run from the network',
    'Training: 2 passes over your rows a round, batches of 20, adamw, step 0.1',
  ],
  survival: [
    'Task: predict how soon E comes (time in T) from 2 columns',
    'Model: Cox proportional hazards, 4 weights; no code is run from the network',
    'Training: 40 batches of 64 of your rows a round, adam, step 0.01',
  ],
  anomaly: [
    'Task: find unusual rows from 2 columns',
    'Model: fully connected, hidden layers of 2, 17 weights; no code is run from the network',
    'Training: 2 passes over your rows a round, batches of 20, step 0.1',
  ],
  forecast: [
    'Task: predict cgm 30 min ahead from the last 3 h of 1 column',
    'Model: 2 layers (GRU, Dense), 881 weights; no code is run from the network',
    'Training: 2 passes over your rows a round, batches of 20, step 0.1 falling to 5 % of it in the last round',
  ],
  text: [
    'Task: predict label (0/1) from the first 40 words of sentence',
    'Model: 3 layers (Embedding, GlobalAveragePooling1D, Dense), 65,586 weights; no code is run from the network',
    'Training: 2 passes over your rows a round, batches of 20, step 0.1, stops early on 20 % of your rows that are held back',
  ],
}

/** What the comment on the model says of its last layer. */
const LAST_LAYERS: Readonly<Record<string, string>> = {
  regression: 'one unit, the number',
  survival: 'one unit, the log-risk',
  anomaly: 'a unit for each number of a row, which it gives back',
  forecast: 'one unit, the number',
  text: 'a softmax unit per class',
}

describe.each(Object.entries(TASKS))('a manifest for %s', (name, change) => {
  it('survives its wire form and YAML', () => {
    const manifest = manifestOf(change)
    expect(decodeManifest(encodeManifest(manifest).bytes)).toEqual(manifest)
    expect(parseManifestYaml(formatManifestYaml(manifest), 'federation.yaml')).toEqual(manifest)
  })

  it('says in YAML what its last layer gives', () => {
    const yaml = formatManifestYaml(manifestOf(change))
    expect(yaml).toContain(`# Layers as data, never code. The last one has ${LAST_LAYERS[name]}.\n`)
  })

  it('is explained', () => {
    const lines = explainManifest(manifestOf(change)).map(({ label, text }) => `${label}: ${text}`)
    expect(lines.slice(0, 3)).toEqual(EXPLAINED[name])
  })
})

describe('the model of a manifest', () => {
  it('learns what its task asks for', () => {
    const objectives = Object.entries(TASKS).map(([name, change]) => [
      name,
      modelSpecOf(manifestOf(change)).objective,
    ])
    expect(Object.fromEntries(objectives)).toEqual({
      regression: { kind: 'value', loss: 'huber' },
      survival: { kind: 'risk' },
      anomaly: { kind: 'reconstruction' },
      forecast: { kind: 'value', loss: 'mse' },
      text: { kind: 'classes', classes: 2 },
    })
  })

  it.each([
    [
      'regression',
      { model: linear(2) },
      'model.layers.0.config.units: got 2, expected 1, one number a row',
    ],
    [
      'anomaly',
      { model: linear(2) },
      'model.layers.0.config.units: got 2, expected 3, the numbers of a row, which the model has to give back',
    ],
    [
      'survival',
      {
        model: {
          ...linear(1),
          layers: [{ className: 'Dense', config: { units: 1, activation: 'softmax' } }],
        },
      },
      'model.layers.0.config.activation: got "softmax", expected another activation than softmax',
    ],
  ] as const)('of %s ends in what the task learns: %j', (name, change, problem) => {
    expect(problemsOf(name, change as Partial<ChainManifest>)).toBe(problem)
  })
})

describe('a manifest is refused', () => {
  it.each<[string, Partial<ChainManifest>, RegExp]>([
    [
      'survival',
      { task: 'classification' },
      /data.label: .*a label with its classes: \{ column, classes \}, because the task is classification/,
    ],
    ['text', { task: 'anomaly' }, /data.label: .*no label: the model learns the rows themselves/],
    [
      'survival',
      { contribution: measured('accuracy') },
      /contribution.utility: got "accuracy", expected one of negative-loss, c-index, because the task is survival/,
    ],
    [
      'survival',
      { contribution: { ...measured('c-index'), classWise: true } },
      /contribution.classWise: got true, expected false/,
    ],
    [
      'regression',
      { training: { ...MANIFEST.training, steps: 3 } },
      /training: .*either epochs or steps/,
    ],
    [
      'survival',
      {
        training: { optimizer: 'adam', learningRate: 0.1, batchSize: 64, steps: 1, momentum: 0.9 },
      },
      /training.momentum: got 0.9, expected nothing with adam/,
    ],
    [
      'survival',
      { training: { ...MANIFEST.training, loss: 'mae' } },
      /training.loss: got "mae", expected nothing: the task is survival/,
    ],
    [
      'text',
      { training: { ...MANIFEST.training, classWeights: [1, 2, 3] } },
      /training.classWeights: got 3, expected 2 numbers, one a class/,
    ],
    [
      'text',
      { strategy: { name: 'fednova', weighting: 'samples' } },
      /training.earlyStop: .*nothing with fednova/,
    ],
    [
      'regression',
      { strategy: { name: 'scaffold', weighting: 'samples' } },
      /training.optimizer: got "adamw", expected "sgd" without momentum with scaffold/,
    ],
  ])('%s with %j', (name, change, problem) => {
    expect(problemsOf(name, change)).toMatch(problem)
  })

  it('with a series of categories, and with numbers that nothing stands in for', () => {
    const { data } = TASKS.forecast as { data: Manifest['data'] & { kind: 'series' } }
    expect(problemsOf('forecast', { data: { ...data, columns: [stage] } })).toMatch(
      /data.columns.0.type: got "category", expected "number" or "integer" in a series/,
    )
    const change = { ...data, label: { column: 'meal' }, changeScale: 0.2 }
    expect(problemsOf('forecast', { data: change })).toMatch(
      /data.label.column: got "meal", expected one of the columns: with changeScale/,
    )
    expect(problemsOf('forecast', { data: { ...data, changeScale: 0.2 } })).toBe('none')
    const bare = { name: 'age', type: 'number' } as const
    const label = { time: 'T', event: 'E' }
    expect(problemsOf('survival', { data: { ...table, columns: [bare], label } })).toMatch(
      /data.columns.0: .*impute or scale, because missingRows is impute/,
    )
  })

  it('T16 by the schema of the label that it has, with the path of what is wrong', () => {
    const label = { time: 'T', event: 3 } as never
    expect(problemsOf('survival', { data: { ...table, label } })).toMatch(
      /^data.label.event: got 3/,
    )
    const other = { time: 'T', event: 'E', code: 'x' } as never
    expect(problemsOf('survival', { data: { ...table, label: other } })).toMatch(
      /^data.label.code: got an unknown key, expected one of the keys time, event$/,
    )
  })
})
