import { performance } from 'node:perf_hooks'
import { createEngine, type Dataset } from '@fednode/engine'
import { type Finding, fail, pass } from './finding.ts'

const ROWS = 256
const FEATURES = 64
const HIDDEN = 128
const CLASSES = 10
const EPOCHS = 4
const MODEL = {
  topology: {
    className: 'Sequential',
    layers: [
      { className: 'Dense', config: { units: HIDDEN, activation: 'relu' } },
      { className: 'Dense', config: { units: CLASSES, activation: 'softmax' } },
    ],
  },
  featureShape: [FEATURES],
  objective: { kind: 'classes', classes: CLASSES },
} as const

/** Trains a small model on rows that a line divides: the back end computes, and what it computes gets better. */
export async function checkEngine(backend: 'wasm' | 'cpu'): Promise<Finding> {
  const engine = await createEngine({ backend })
  try {
    const data = rows()
    const weights = engine.initialWeights(MODEL, 1)
    const start = performance.now()
    const plan = { optimizer: 'sgd', learningRate: 0.1, batchSize: 32, epochs: EPOCHS } as const
    const trained = await engine.train(MODEL, weights, data, { plan, seed: 1 })
    const ms = performance.now() - start
    const [before, after] = [
      await engine.evaluate(MODEL, weights, data),
      await engine.evaluate(MODEL, trained.weights, data),
    ]
    const detail = `${engine.backend}: ${ROWS * EPOCHS} rows of ${FEATURES} columns trained in ${ms.toFixed(0)} ms`
    if (after.loss < before.loss) return pass('engine', detail)
    const fix = 'Try the other one with --engine, and report this.'
    return fail('engine', `${detail}, but the loss did not fall`, { fix, fault: 'data' })
  } finally {
    engine.dispose()
  }
}

function rows(): Dataset {
  const features = Uint8Array.from({ length: ROWS * FEATURES }, (_, i) => (i * 37 + (i >> 6)) % 251)
  return {
    count: ROWS,
    featureShape: [FEATURES],
    features,
    featureScale: 1 / 255,
    targets: {
      kind: 'classes',
      classes: CLASSES,
      labels: Int32Array.from({ length: ROWS }, (_, row) =>
        Math.floor(((features[row * FEATURES] ?? 0) * CLASSES) / 256),
      ),
    },
  }
}
