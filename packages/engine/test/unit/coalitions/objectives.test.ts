import type { LayerSpec, ModelSpec, UtilityName } from '@fednode/protocol'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { createEngine } from '../../../src/backends/create-engine.ts'
import type { BackendName, Dataset, Engine, Targets } from '../../../src/types.ts'
import { blobs, dense, FLATTEN } from '../fixtures.ts'

const ROWS = 131
const SHAPE = [4, 3]
const { targets: labelled, ...rows } = blobs({
  count: ROWS,
  featureShape: SHAPE,
  classes: 3,
  seed: 6,
})
const values = Float32Array.from({ length: ROWS }, (_, row) => Math.sin(row))
const tokens = {
  ...rows,
  features: Float32Array.from(rows.features, (x) => Math.abs(Math.round(x * 3)) % 7),
}

const layer = (className: string, config: object = {}): LayerSpec =>
  ({ className, config }) as LayerSpec

type Case = {
  readonly layers: readonly LayerSpec[]
  readonly objective: ModelSpec['objective']
  readonly targets: Targets
  readonly utility: UtilityName
  readonly rows?: typeof rows
}

const CASES: Record<string, Case> = {
  'a GRU of values': {
    layers: [layer('GRU', { units: 5 }), dense(1, 'linear')],
    objective: { kind: 'value', loss: 'huber' },
    targets: { kind: 'value', values, scale: { mean: 5, deviation: 2 } },
    utility: 'negative-rmse',
  },
  'a linear model of risks': {
    layers: [FLATTEN, dense(1, 'linear', false)],
    objective: { kind: 'risk' },
    targets: {
      kind: 'risk',
      times: Float64Array.from(values, (value) => 2 + Math.round(9 * value) / 9),
      observed: Uint8Array.from(values, (_, row) => row % 2),
    },
    utility: 'c-index',
  },
  'an autoencoder': {
    layers: [FLATTEN, dense(6, 'relu'), dense(12, 'linear')],
    objective: { kind: 'reconstruction' },
    targets: { kind: 'reconstruction' },
    utility: 'negative-loss',
  },
  'a classifier of texts': {
    layers: [
      layer('Reshape', { targetShape: [12] }),
      layer('Embedding', { inputDim: 7, outputDim: 4, maskZero: true }),
      layer('GlobalAveragePooling1D'),
      dense(3, 'softmax'),
    ],
    objective: { kind: 'classes', classes: 3 },
    targets: labelled,
    utility: 'f1',
    rows: tokens,
  },
  'a classifier of series': {
    layers: [
      layer('Conv1D', { filters: 5, kernelSize: 2, activation: 'gelu' }),
      layer('LayerNormalization'),
      layer('Dropout', { rate: 0.5 }),
      layer('GlobalMaxPooling1D'),
      dense(3, 'softmax'),
    ],
    objective: { kind: 'classes', classes: 3 },
    targets: labelled,
    utility: 'auc',
  },
}
const engines = {} as Record<BackendName, Engine>
beforeAll(async () => {
  engines.cpu = await createEngine({ backend: 'cpu' })
  engines.wasm = await createEngine({ backend: 'wasm' })
})

/** A case's model, and three sets of weights for it: what rounds begin with, and two updates. */
function start(engine: Engine, name: string) {
  const { layers, objective, targets, utility, rows: own = rows } = CASES[name] as Case
  const model: ModelSpec = {
    topology: { className: 'Sequential', layers },
    featureShape: SHAPE,
    objective,
  }
  const [base, ...updates] = [1, 2, 3].map((seed) => engine.initialWeights(model, seed))
  if (base === undefined) expect.unreachable()
  const data: Dataset = { ...own, targets }
  return { model, base, updates, data, utility }
}

const MODEL = { kind: 'combination', coefficients: Float64Array.of(0.3, 0.6) } as const

describe.each(['cpu', 'wasm'] as const)('coalitions on %s', (backend) => {
  it.each(Object.keys(CASES))('%s are evaluated as the combined weights', async (name) => {
    const engine = engines[backend]
    const options = start(engine, name)
    const { model, base, updates, data, utility } = options
    const [first, second] = updates.map(({ values }) => values)
    const values = base.values.map(
      (own, i) =>
        own + 0.3 * ((first?.[i] as number) - own) + 0.6 * ((second?.[i] as number) - own),
    )
    const expected = engine.evaluate(model, { ...base, values }, data, { utility })
    const before = tf.memory().numTensors
    const evaluator = engine.createCoalitionEvaluator({ ...options, threads: 1 })
    const [evaluation = expect.unreachable()] = await evaluator.evaluate([MODEL])
    await evaluator.dispose()
    expect(tf.memory().numTensors).toBe(before)
    expect(Math.abs(evaluation.loss - expected.loss)).toBeLessThan(1e-5)
    expect(Math.abs(evaluation.utility - expected.utility)).toBeLessThan(1e-2)
  })
})

describe('worker threads', () => {
  it.each(['a linear model of risks', 'a GRU of values'])(
    'give the same bits for %s',
    async (name) => {
      const options = start(engines.wasm, name)
      const evaluated = [1, 2].map(async (threads) => {
        const evaluator = engines.wasm.createCoalitionEvaluator({ ...options, threads })
        const evaluations = await evaluator.evaluate([MODEL])
        await evaluator.dispose()
        return evaluations
      })
      expect(await evaluated[1]).toEqual(await evaluated[0])
    },
  )
})
