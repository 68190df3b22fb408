import { beforeAll, describe, expect, it } from 'vitest'
import {
  createEngine,
  createRandom,
  type Dataset,
  type Engine,
} from '../../../packages/engine/src/index.ts'
import type {
  LayerSpec,
  ModelSpec,
  TrainingPlan,
  Weights,
} from '../../../packages/protocol/src/index.ts'
import { errorOf, exposureOf, invertFirstLayer, membershipAuc } from '../../lab/leak-attacks.ts'

const WIDTH = 8
const SMALL: ModelSpec = modelOf([])
const LARGE: ModelSpec = modelOf([
  { className: 'Dense', config: { units: 256, activation: 'relu' } },
])
const SGD = { optimizer: 'sgd', learningRate: 0.1 } as const
/** As the plan linter asks for: batches of 16 and more, 50 rows and more, several steps. */
const ABOVE: TrainingPlan = { ...SGD, batchSize: 16, epochs: 1 }

let engine: Engine
beforeAll(async () => {
  engine = await createEngine({ backend: 'wasm' })
})

describe('T36: a row rebuilt from an update', () => {
  it('is the row itself below the floors: one step over one row', async () => {
    const one = rowsOf(1, 1)
    expect(await inversionError(SMALL, one, { ...SGD, batchSize: 1, steps: 1 })).toBeLessThan(0.001)
    expect(await inversionError(LARGE, one, { ...SGD, batchSize: 1, steps: 1 })).toBeLessThan(0.001)
  })

  it('is no row of 200 above the floors', async () => {
    const errors: number[] = []
    for (const seed of [2, 3, 4, 5, 6]) {
      errors.push(await inversionError(SMALL, rowsOf(200, seed), ABOVE))
    }
    // Rows are as far from each other: 0.5 of a row's length is no likeness.
    expect(Math.min(...errors)).toBeGreaterThan(0.4)
  })
})

describe('T36: who was in the training set, by the loss', () => {
  it('is told of 12 rows that a large model knows by heart, and hardly of 400 rows of a small one', async () => {
    const plan = { ...SGD, batchSize: 12, epochs: 300 }
    const heart = await membership(LARGE, { count: 12, plan })
    const crowd = await membership(SMALL, { count: 400, plan: { ...ABOVE, epochs: 20 } })
    expect(heart).toBeGreaterThan(0.8)
    expect(crowd).toBeLessThan(0.6)
  })
})

describe('T39: a canary among the rows', () => {
  it('is exposed when it is repeated and the model is large, and hardly when it stands once in a plan above the floors', async () => {
    const repeated = await exposure(LARGE, {
      times: 10,
      plan: { ...SGD, batchSize: 16, epochs: 60 },
    })
    const once = await exposure(SMALL, { times: 1, plan: ABOVE })
    expect(repeated).toBeGreaterThan(6)
    expect(once).toBeLessThan(4)
  })
})

function modelOf(hidden: readonly LayerSpec[]): ModelSpec {
  const output: LayerSpec = { className: 'Dense', config: { units: 2, activation: 'softmax' } }
  return {
    topology: { className: 'Sequential', layers: [...hidden, output] },
    featureShape: [WIDTH],
    objective: { kind: 'classes', classes: 2 },
  }
}

/** Rows of noise around 0 whose class is a coin: all that a model can know of a row is the row. */
function rowsOf(count: number, seed: number): Dataset {
  const random = createRandom(seed)
  const features = Float32Array.from({ length: count * WIDTH }, () => 4 * random.uniform() - 2)
  const labels = Int32Array.from({ length: count }, () => (random.uniform() < 0.5 ? 0 : 1))
  return datasetOf(features, labels)
}

function datasetOf(features: Float32Array, labels: Int32Array): Dataset {
  const targets = { kind: 'classes', labels, classes: 2 } as const
  return { count: labels.length, featureShape: [WIDTH], features, featureScale: 1, targets }
}

async function trained(model: ModelSpec, rows: Dataset, plan: TrainingPlan): Promise<Weights> {
  const { weights } = await engine.train(model, engine.initialWeights(model, 9), rows, {
    plan,
    seed: 11,
  })
  return weights
}

async function inversionError(
  model: ModelSpec,
  rows: Dataset,
  plan: TrainingPlan,
): Promise<number> {
  const after = await trained(model, rows, plan)
  return errorOf(invertFirstLayer(engine.initialWeights(model, 9), after), rows)
}

/** Loss of every row alone. */
function losses(model: ModelSpec, weights: Weights, rows: Dataset): number[] {
  const probabilities = engine.predict(model, weights, rows)
  const { targets } = rows
  if (targets.kind !== 'classes') throw new TypeError('rows without classes')
  return [...targets.labels].map((label, row) => -Math.log(probabilities[row * 2 + label] ?? 0))
}

async function membership(
  model: ModelSpec,
  { count, plan }: { readonly count: number; readonly plan: TrainingPlan },
): Promise<number> {
  const [members, others] = [rowsOf(count, 21), rowsOf(400, 22)]
  const weights = await trained(model, members, plan)
  return membershipAuc(losses(model, weights, members), losses(model, weights, others))
}

/** Exposure of one row of a rare kind, `times` times among 300 others, against 500 rows of that kind that nobody trained on. */
async function exposure(
  model: ModelSpec,
  { times, plan }: { readonly times: number; readonly plan: TrainingPlan },
): Promise<number> {
  const common = rowsOf(300, 31)
  const canary = rowsOf(1, 32)
  const copies = Array.from({ length: times }, () => [...canary.features]).flat()
  const features = Float32Array.from([...common.features, ...copies])
  const rows = datasetOf(features, Int32Array.from([...labelsOf(common), ...copiesOf(times)]))
  const weights = await trained(model, rows, plan)
  const candidates = rowsOf(500, 33)
  const asCanaries = datasetOf(candidates.features as Float32Array, copiesOf(500))
  const own = datasetOf(canary.features as Float32Array, copiesOf(1))
  const [loss = 0] = losses(model, weights, own)
  return exposureOf(loss, losses(model, weights, asCanaries))
}

function labelsOf({ targets }: Dataset): Int32Array {
  return targets.kind === 'classes' ? targets.labels : new Int32Array()
}

/** All canaries are of class 1. */
function copiesOf(count: number): Int32Array {
  return new Int32Array(count).fill(1)
}
