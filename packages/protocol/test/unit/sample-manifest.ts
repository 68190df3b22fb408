import { cidOfBytes } from '../../src/ids.ts'
import type { TabularData } from '../../src/manifest/data-types.ts'
import type { ChainManifest } from '../../src/manifest/types.ts'

/** Rows of a table with every kind of column. */
export const TABLE: TabularData = {
  kind: 'table',
  columns: [
    {
      name: 'age',
      type: 'integer',
      unit: 'years',
      min: 0,
      max: 120,
      scale: { mean: 54.4, deviation: 9.04 },
    },
    { name: 'chol', type: 'number', unit: 'mg/dl', missing: ['?', ''] },
    { name: 'sex', type: 'category', categories: ['female', 'male'] },
  ],
  label: { column: 'disease', classes: ['no', 'yes'] },
  missingRows: 'drop',
}

/** A small valid manifest over arrays. */
export const MANIFEST: ChainManifest = {
  version: 1,
  name: 'digits',
  description: 'Handwritten digits',
  task: 'classification',
  data: {
    kind: 'array',
    shape: [28, 28],
    classes: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
  },
  model: {
    className: 'Sequential',
    layers: [
      { className: 'Flatten', config: {} },
      { className: 'Dense', config: { units: 200, activation: 'relu' } },
      { className: 'Dense', config: { units: 200, activation: 'relu' } },
      { className: 'Dense', config: { units: 10, activation: 'softmax' } },
    ],
  },
  training: { optimizer: 'sgd', learningRate: 0.1, batchSize: 20, epochs: 2 },
  strategy: { name: 'fedavg', weighting: 'samples' },
  rounds: { count: 8, deadlineSeconds: 60, minSilos: 3, maxSilos: 5 },
  contribution: {
    estimator: 'exact',
    utility: 'accuracy',
    validation: cidOfBytes(Buffer.from('validation')),
  },
  privacy: { minimumRows: 10, minimumBatch: 8 },
  limits: { updateNorm: 50 },
  reward: { perRound: '100', streamSeconds: 60, challengeSeconds: 1 },
  market: {
    tokensPerSilo: '1000000',
    siloBps: 8_000,
    poolBps: 1_500,
    federatorBps: 500,
    seedCurrency: '50000',
    currencyWeight: 0.5,
    swapFee: 0.003,
  },
  registration: { open: true, deadlineSeconds: 600 },
  seed: 1,
}

/** A small valid manifest over a table. */
export const TABLE_MANIFEST: ChainManifest = {
  ...MANIFEST,
  name: 'heart',
  data: TABLE,
  model: {
    className: 'Sequential',
    layers: [{ className: 'Dense', config: { units: 2, activation: 'softmax' } }],
  },
}
