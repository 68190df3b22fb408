import { createEngine, type Engine, federationModel } from '@fednode/engine'
import {
  type ChainManifest,
  cidOfBlob,
  encodeWeights,
  type Manifest,
  modelSpecOf,
  type Weights,
} from '@fednode/protocol'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { wholeWeights } from '../../../src/model/whole-weights.ts'
import { startFederation } from './federation.ts'
import { dataset, manifest } from './harness.ts'

const cleanup: (() => unknown)[] = []
/** Two silos with the same rows and opposite labels: no one head fits both. */
const OPPOSITE = { ...dataset, targets: flipped() }
const DATASETS = [dataset, OPPOSITE]

let engine: Engine
beforeAll(async () => {
  engine = await createEngine({ backend: 'cpu' })
})

afterEach(async () => {
  for (const undo of cleanup.reverse()) await undo()
  cleanup.length = 0
})

function flipped(): typeof dataset.targets {
  if (dataset.targets.kind !== 'classes') throw new TypeError('the harness has classes')
  return { ...dataset.targets, labels: dataset.targets.labels.map((label) => 1 - label) }
}

/** A manifest over a model of two layers, and the model that it starts from. */
function given(
  training: Partial<Manifest['training']>,
  changes: Partial<ChainManifest> = {},
): { readonly terms: Manifest; readonly start: Weights; readonly first: Weights } {
  const model = {
    className: 'Sequential',
    layers: [
      { className: 'Dense', config: { units: 4, activation: 'tanh' } },
      { className: 'Dense', config: { units: 2, activation: 'softmax' } },
    ],
  } as const
  const plan = { ...manifest.training, learningRate: 0.5, epochs: 20 }
  const plain = { ...manifest, ...changes, model, training: plan }
  const start = engine.initialWeights(modelSpecOf(plain), 8)
  const cid = cidOfBlob(encodeWeights(start))
  const terms = { ...plain, training: { ...plan, start: cid, ...training } }
  return { terms, start, first: federationModel(terms, { engine, start }).first() }
}

async function lossAt(
  silo: Awaited<ReturnType<typeof startFederation>>['silos'][number],
  { shared, terms, start }: { shared: Weights; terms: Manifest; start: Weights },
  rows: typeof dataset,
): Promise<number> {
  const memory = silo.journal.memories().at(-1)?.memory
  const weights = await wholeWeights(terms, {
    shared: encodeWeights(shared),
    start: encodeWeights(start),
    memory: memory && (await silo.blobs.get(memory.cid)),
    name: 'the model',
  })
  return engine.evaluate(modelSpecOf(terms), weights, rows).loss
}

describe('personal layers', () => {
  test('stay at their silo, and fit it better than one model fits all', async () => {
    const { terms, start, first } = given({ personal: ['dense_2'] })
    const federation = await startFederation(cleanup, {
      ...{ manifest: terms, datasets: DATASETS, start, first },
    })
    await federation.playRound()
    const shared = await federation.playRound()
    expect(shared.specs.map(({ name }) => name)).toEqual(['dense_1/kernel', 'dense_1/bias'])
    // What travels has no room for the head.
    expect(new Set(federation.sizes)).toEqual(new Set([encodeWeights(first).length]))
    for (const [index, silo] of federation.silos.entries()) {
      const rows = DATASETS[index] as typeof dataset
      const other = DATASETS[1 - index] as typeof dataset
      const own = await lossAt(silo, { shared, terms, start }, rows)
      // log 2 is what a head that knows nothing has.
      expect(own).toBeLessThan(0.4)
      expect(await lossAt(silo, { shared, terms, start }, other)).toBeGreaterThan(1)
    }
  }, 30_000)

  test('T44: go on after a crash where they were', async () => {
    const { terms, start, first } = given(
      { personal: ['dense_2'] },
      { compression: { kind: 'top-k', ratio: 0.5 } },
    )
    const setup = { manifest: terms, datasets: [dataset], start, first }
    const unbroken = await startFederation(cleanup, setup)
    await unbroken.playRound()
    await unbroken.playRound()
    const broken = await startFederation(cleanup, setup)
    await broken.playRound()
    const restarted = await broken.restart(0)
    await broken.playRound()
    const [earlier, later] = restarted.journal.memories().map(({ memory }) => memory.cid)
    const [, expected] = unbroken.silos[0]?.journal.memories().map(({ memory }) => memory.cid) ?? []
    expect(later).toBe(expected)
    expect(later).not.toBe(earlier)
  }, 30_000)
})

test('adapters travel alone, and move what is frozen under them', async () => {
  const { terms, start, first } = given({ freeze: ['dense_1', 'dense_2'], adapters: { rank: 1 } })
  const setup = { manifest: terms, datasets: [dataset], start, first }
  const federation = await startFederation(cleanup, setup)
  const before = engine.evaluate(modelSpecOf(terms), start, dataset).loss
  let shared = await federation.playRound()
  for (const _ of [2, 3, 4]) shared = await federation.playRound()
  expect(shared.specs.map(({ name }) => name)).toEqual([
    'dense_1/lora_a',
    'dense_1/lora_b',
    'dense_2/lora_a',
    'dense_2/lora_b',
  ])
  const [silo] = federation.silos
  const after = silo && (await lossAt(silo, { shared, terms, start }, dataset))
  expect(after).toBeLessThan(before / 2)
}, 30_000)

describe('a model to start from', () => {
  test('T19: cannot be exchanged for another by the aggregator', async () => {
    const { terms, start } = given({ freeze: ['dense_1'] })
    const other = given({ freeze: ['dense_1'] }, { seed: 2 })
    const first = { ...other.first, values: other.first.values.map((value) => value + 1) }
    const setup = { manifest: terms, datasets: [dataset], start, first }
    const { silos, playRound } = await startFederation(cleanup, setup)
    playRound().catch(() => {})
    await expect(silos[0]?.silo.done).rejects.toMatchObject({
      code: 'BAD_GLOBAL_MODEL',
      message: expect.stringContaining('does not begin with the manifest'),
    })
    expect(silos[0]?.trainings()).toBe(0)
  }, 30_000)
})
