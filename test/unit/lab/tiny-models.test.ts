import { beforeAll, expect, it } from 'vitest'
import { memorySource } from '../../../packages/aggregator/src/assessment/vector-pool.ts'
import { detectFreeRiders } from '../../../packages/aggregator/src/detection/detect-free-riders.ts'
import {
  createEngine,
  createRandom,
  type Dataset,
  type Engine,
} from '../../../packages/engine/src/index.ts'
import type { ModelSpec } from '../../../packages/protocol/src/index.ts'
import { simulateFederation } from '../../lab/simulate.ts'
import type { SimulationOptions } from '../../lab/simulation.ts'
import { sourceOf } from '../../lab/value-round.ts'

const COLUMNS = 12
const ROWS = 1_000
const SILOS = 5

/** 13 weights. A linear model begins at zero, so that all silos take its first steps in the same direction. */
const MODEL: ModelSpec = {
  topology: { className: 'Sequential', layers: [{ className: 'Dense', config: { units: 1 } }] },
  featureShape: [COLUMNS],
  objective: { kind: 'value', loss: 'mse' },
}

let engine: Engine

beforeAll(async () => {
  engine = await createEngine({ backend: 'wasm' })
})

/** A label that the columns tell well, of rows that no other silo has. */
function rowsOf(seed: number): Dataset {
  const random = createRandom(seed)
  const features = Float32Array.from({ length: ROWS * COLUMNS }, () => 2 * random.uniform() - 1)
  const values = Float32Array.from({ length: ROWS }, (_, row) => {
    const own = features.subarray(row * COLUMNS, (row + 1) * COLUMNS)
    return own.reduce((sum, value) => sum + value / 2, 0.2 * random.uniform())
  })
  return {
    count: ROWS,
    featureShape: [COLUMNS],
    features,
    featureScale: 1,
    targets: { kind: 'value', values, scale: { mean: 0, deviation: 1 } },
  }
}

it('T33: honest silos of a tiny model are as near as 0.999 in the first round, and are not accused', async () => {
  const silos = Array.from({ length: SILOS }, (_, silo) => rowsOf(silo + 1))
  const options: SimulationOptions = {
    engine,
    model: MODEL,
    plan: { optimizer: 'sgd', learningRate: 0.05, batchSize: 20, epochs: 1 },
    silos,
    strategy: { name: 'fedavg', weighting: 'samples' },
    rounds: 1,
    seed: 1,
    validation: rowsOf(0),
  }
  const { base, updates } = await simulateFederation(options)
  const cosines = updates
    .slice(1)
    .map(({ weights }) => cosine(weights.values, updates[0]?.weights.values))
  expect(Math.max(...cosines)).toBeGreaterThan(0.999)
  const { findings } = detectFreeRiders({
    base: memorySource(base.values),
    updates: updates.map(sourceOf),
    earlier: () => undefined,
  })
  expect(findings).toEqual([])
})

/** Of changes from zero. */
function cosine(one: Float32Array, other: Float32Array = new Float32Array(one.length)): number {
  const dot = (a: Float32Array, b: Float32Array): number =>
    a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0)
  return dot(one, other) / Math.sqrt(dot(one, one) * dot(other, other))
}
