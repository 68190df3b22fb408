/**
 * Child process of bench/shapley.ts: evaluates coalitions of ten silos on 2,000 images one way and prints figures as JSON.
 * Usage: measure-coalitions.ts plain|ours 2nn|cnn EVALUATIONS, or measure-coalitions.ts exact. Each way has a process of its own, because
 * kernels are replaced process-wide.
 */
import process from 'node:process'
import * as tf from '@tensorflow/tfjs-core'
import { initialWeights } from '../../src/models/initial-weights.ts'
import { planModel } from '../../src/models/model-plan.ts'
import { createRandom } from '../../src/random.ts'
import type { CoalitionModel } from '../../src/types.ts'
import { blobs, dense, FLATTEN, MCMAHAN_CNN, sequential } from '../unit/fixtures.ts'
import { createStockEvaluator } from './stock-evaluator.ts'

/** What one way needs for one evaluation: seconds on the clock, and of processor time over all threads. */
export type CoalitionFigures = { readonly wall: number; readonly cpu: number }

const SILOS = 10
const ROWS = 2_000
const LAYERS = [FLATTEN, dense(200, 'relu'), dense(200, 'relu'), dense(10, 'softmax')]
const SHAPE = { featureShape: [28, 28, 1], classes: 10 }
const MODELS = { '2nn': sequential(LAYERS, SHAPE), cnn: MCMAHAN_CNN }
/** The fastest of 32 (the default of predict), 100, 500 and 2,000 rows. */
const PLAIN_BATCH = { '2nn': 2_000, cnn: 100 }
/** Samples per silo. */
const SAMPLES = Array.from({ length: SILOS }, (_, silo) => 300 + 100 * silo)

const [way, name, count] = process.argv.slice(2)
const key = name === 'cnn' ? 'cnn' : '2nn'
const model = MODELS[key]
const plan = planModel(model)
const data = blobs({ count: ROWS, ...SHAPE, seed: 1 })
const base = initialWeights(plan, 1)
const updates = SAMPLES.map((_, silo) => initialWeights(plan, silo + 2))
const coalitions = randomCoalitions(Number(count ?? 0))
const figures = way === 'plain' ? await plain() : way === 'ours' ? await ours() : await exact()
process.stdout.write(JSON.stringify(figures))

/** Averaged weights one after the other, each set and run on stock tfjs-wasm. */
async function plain(): Promise<CoalitionFigures> {
  await tf.setBackend('wasm')
  const evaluator = createStockEvaluator(model, { data, batchSize: PLAIN_BATCH[key] })
  return measured(async () => {
    for (const members of coalitions) evaluator.evaluate(averageOf(members))
  })
}

async function ours(): Promise<CoalitionFigures> {
  const evaluator = await createEvaluator()
  const models = coalitions.map(combinationOf)
  const result = await measured(async () => {
    await evaluator.evaluate(models)
  })
  await evaluator.dispose()
  return result
}

/** All coalitions, from nothing to the last utility, with the start of threads. */
async function exact(): Promise<CoalitionFigures> {
  const all = Array.from({ length: 2 ** SILOS }, (_, bits) =>
    combinationOf(SAMPLES.flatMap((_, silo) => ((bits >> silo) & 1 ? [silo] : []))),
  )
  const started = performance.now()
  const { user, system } = process.cpuUsage()
  const evaluator = await createEvaluator()
  await evaluator.evaluate(all)
  await evaluator.dispose()
  const used = process.cpuUsage({ user, system })
  return { wall: (performance.now() - started) / 1e3, cpu: (used.user + used.system) / 1e6 }
}

async function createEvaluator() {
  // Not at the top: the plain way must not get our kernels.
  const { createEngine } = await import('../../src/index.ts')
  const engine = await createEngine({ backend: 'wasm' })
  return engine.createCoalitionEvaluator({ model, base, updates, data })
}

/** Mean over the coalitions, after one pass that starts threads and lets the compilers settle. */
async function measured(evaluateAll: () => Promise<void>): Promise<CoalitionFigures> {
  await evaluateAll()
  const started = performance.now()
  const before = process.cpuUsage()
  await evaluateAll()
  const { user, system } = process.cpuUsage(before)
  const wall = (performance.now() - started) / 1e3
  return { wall: wall / coalitions.length, cpu: (user + system) / 1e6 / coalitions.length }
}

function randomCoalitions(size: number): number[][] {
  const random = createRandom(7)
  return Array.from({ length: size }, () => {
    const members = SAMPLES.flatMap((_, silo) => (random.below(2) === 1 ? [silo] : []))
    return members.length === 0 ? [0] : members
  })
}

function averageOf(members: readonly number[]): Float32Array {
  const total = members.reduce((sum, silo) => sum + (SAMPLES[silo] ?? 0), 0)
  const average = new Float32Array(plan.size)
  for (const silo of members) {
    const share = (SAMPLES[silo] ?? 0) / total
    const values = updates[silo]?.values ?? average
    for (let i = 0; i < average.length; i++)
      average[i] = (average[i] as number) + share * (values[i] as number)
  }
  return average
}

function combinationOf(members: readonly number[]): CoalitionModel {
  const total = members.reduce((sum, silo) => sum + (SAMPLES[silo] ?? 0), 0)
  const coefficients = new Float64Array(SILOS)
  for (const silo of members) coefficients[silo] = (SAMPLES[silo] ?? 0) / total
  return { kind: 'combination', coefficients }
}
