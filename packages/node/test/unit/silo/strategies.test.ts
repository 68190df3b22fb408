import { createEngine, type Dataset, type Engine } from '@fednode/engine'
import { type ChainManifest, modelSpecOf, type Weights } from '@fednode/protocol'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { plainMean } from '../../../../engine/test/support/plain-mean.ts'
import { startFederation } from './federation.ts'
import { manifest } from './harness.ts'

const ROWS = 24
const ROUNDS = 8
/** Many local steps on data that differ: what FedAvg's silos do between two rounds drifts apart. */
const TRAINING = { optimizer: 'sgd', learningRate: 0.5, batchSize: ROWS, epochs: 20 } as const
const DATASETS = [0, 1, 2].map(rowsOf)
const POOLED = pool(DATASETS)
const MODEL = modelSpecOf(manifest)

const cleanup: (() => unknown)[] = []
let engine: Engine
let best: number

beforeAll(async () => {
  engine = await createEngine({ backend: 'cpu' })
  const plan = { ...TRAINING, batchSize: POOLED.count, epochs: 2_000 }
  const start = engine.initialWeights(MODEL, 1)
  const { weights } = await engine.train(MODEL, start, POOLED, { plan, seed: 1 })
  best = engine.evaluate(MODEL, weights, POOLED).loss
})

afterEach(async () => {
  for (const undo of cleanup.reverse()) await undo()
  cleanup.length = 0
})

/** Silo i has its own part of the plane and its own share of each label; no line tells the labels apart. */
function rowsOf(silo: number): Dataset {
  const features = new Float32Array(2 * ROWS)
  const labels = new Int32Array(ROWS)
  for (let row = 0; row < ROWS; row++) {
    const angle = row * 2.399963 + silo
    const radius = Math.sqrt((row + 0.5) / ROWS)
    features[2 * row] = radius * Math.cos(angle) + silo - 1
    features[2 * row + 1] = radius * Math.sin(angle) + (silo === 1 ? 1 : -0.5)
    const isFirst = (features[2 * row] as number) > (features[2 * row + 1] as number)
    labels[row] = isFirst === row % 5 > 0 ? 0 : 1
  }
  return {
    count: ROWS,
    featureShape: [2],
    features,
    featureScale: 1,
    targets: { kind: 'classes', labels, classes: 2 },
  }
}

function pool(parts: readonly Dataset[]): Dataset {
  return {
    ...{ count: parts.length * ROWS, featureShape: [2], featureScale: 1 },
    features: Float32Array.from(parts.flatMap(({ features }) => [...features])),
    targets: {
      kind: 'classes',
      classes: 2,
      labels: Int32Array.from(
        parts.flatMap(({ targets }) => (targets.kind === 'classes' ? [...targets.labels] : [])),
      ),
    },
  }
}

/** Loss over all rows, above the best that is possible. */
function lossOf(weights: Weights): number {
  return engine.evaluate(MODEL, weights, POOLED).loss - best
}

async function play(change: Partial<ChainManifest>) {
  const terms = { ...manifest, training: TRAINING, ...change }
  const federation = await startFederation(cleanup, { manifest: terms, datasets: DATASETS })
  const losses: number[] = []
  for (let round = 1; round <= ROUNDS; round++) losses.push(lossOf(await federation.playRound()))
  return { ...federation, losses }
}

test('scaffold: silos and aggregator agree on the control variates, and reach the optimum that FedAvg misses', async () => {
  const strategy = { name: 'scaffold', weighting: 'equal' } as const
  const { losses, silos } = await play({ strategy })
  const fedavg = await playFedavg()
  expect(losses.at(-1)).toBeLessThan(fedavg / 20)
  // Memories of rounds 7 and 8; the server's control variates have not stayed.
  for (const { journal, blobs } of silos) {
    expect(journal.memories().map(({ round }) => round)).toEqual([ROUNDS - 1, ROUNDS])
    for (const { memory } of journal.memories()) expect(await blobs.has(memory.cid)).toBe(true)
  }
}, 60_000)

test('fedprox: silos stay nearer to the global model and to the optimum', async () => {
  const strategy = { name: 'fedprox', weighting: 'equal', proximal: 0.5 } as const
  const { losses } = await play({ strategy })
  const fedavg = await playFedavg()
  expect(losses.at(-1)).toBeLessThan(0.8 * fedavg)
  expect(losses).toEqual(losses.toSorted((a, b) => b - a))
}, 60_000)

test('top-k: a third of the weights in every update, and the federation converges', async () => {
  const { losses, sizes, silos } = await play({ compression: { kind: 'top-k', ratio: 0.3 } })
  expect(losses.at(-1)).toBeLessThan((losses[0] as number) / 5)
  expect(new Set(sizes).size).toBe(1)
  for (const { journal } of silos) expect(journal.memories()).toHaveLength(2)
}, 60_000)

/** FedAvg on the same data, without silos. */
async function playFedavg(): Promise<number> {
  let base = engine.initialWeights(MODEL, 1)
  for (let round = 1; round <= ROUNDS; round++) {
    const updates = []
    for (const data of DATASETS) {
      const { weights } = await engine.train(MODEL, base, data, { plan: TRAINING, seed: round })
      updates.push({ weights, weight: 1 })
    }
    base = plainMean(updates)
  }
  return lossOf(base)
}
