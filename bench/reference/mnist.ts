import {
  createRandom,
  type Dataset,
  type Engine,
  shuffle,
} from '../../packages/engine/src/index.ts'
import type { ArrayData, ModelTopology } from '../../packages/protocol/src/index.ts'
import { classTargets } from '../../test/lab/class-targets.ts'
import { loadMnist } from '../../test/lab/data/mnist.ts'
import { pickRows } from '../../test/lab/split-digits.ts'
import { playReference } from './play-reference.ts'
import type { Played, Reference } from './reference.ts'

const CLIENTS = 100
const SHARDS_PER_CLIENT = 2
const GOAL = 0.97
const DATA: ArrayData = { kind: 'array', shape: [784], classes: [...'0123456789'] }
/** 2NN of McMahan et al. 2017: 199,210 weights. */
const MODEL: ModelTopology = {
  className: 'Sequential',
  layers: [
    { className: 'Dense', config: { units: 200, activation: 'relu' } },
    { className: 'Dense', config: { units: 200, activation: 'relu' } },
    { className: 'Dense', config: { units: 10, activation: 'softmax' } },
  ],
}

/** How the digits are dealt, how many rounds McMahan et al. took, and our learning rate. */
type Deal = {
  readonly name: string
  readonly rounds: number
  readonly learningRate: number
  /** Rows of the digits, in the order in which they are cut into equal parts. */
  order(labels: Int32Array, seed: number): Uint32Array
  readonly partsPerClient: number
}

const IID: Deal = {
  name: 'mnist-iid',
  rounds: 87,
  learningRate: 0.1,
  order: (labels, seed) => shuffle(Uint32Array.from(labels.keys()), createRandom(seed)),
  partsPerClient: 1,
}

const SHARDS: Deal = {
  name: 'mnist-shards',
  rounds: 664,
  learningRate: 0.1,
  order: (labels) =>
    Uint32Array.from(labels.keys()).sort((a, b) => (labels[a] ?? 0) - (labels[b] ?? 0) || a - b),
  partsPerClient: SHARDS_PER_CLIENT,
}

/** Rounds of FedAvg until 2NN has 97 % of the test digits right: 100 clients, C = 0.1, E = 1, B = 10 (McMahan et al. 2017, table 2). */
export const MNIST: readonly Reference[] = [
  {
    name: IID.name,
    data: 'mnist',
    unit: 'rounds',
    play: (engine, seed) => play(IID, engine, seed),
  },
  {
    name: SHARDS.name,
    data: 'mnist',
    unit: 'rounds',
    isLong: true,
    play: (engine, seed) => play(SHARDS, engine, seed),
  },
]

async function play(deal: Deal, engine: Engine, seed: number): Promise<Played> {
  const { train, test: validation } = loadMnist()
  const isEnough = ({ metrics }: { readonly metrics: { readonly accuracy?: number } }): boolean =>
    (metrics.accuracy ?? 0) >= GOAL
  const { rounds } = await playReference(
    engine,
    {
      name: deal.name,
      data: DATA,
      rounds: deal.rounds,
      training: { optimizer: 'sgd', learningRate: deal.learningRate, batchSize: 10, epochs: 1 },
      model: MODEL,
      sampleShare: 0.1,
      seed,
    },
    { silos: dealDigits(train, deal, seed), validation, isEnough },
  )
  const last = rounds.at(-1)
  const isReached = last !== undefined && isEnough(last)
  return {
    // A goal that was not reached counts as one round more than there were.
    result: isReached ? rounds.length : rounds.length + 1,
    target: { kind: 'most', value: deal.rounds },
  }
}

/** Equal parts of the digits in the deal's order; each client has as many of them, drawn by the seed. */
function dealDigits(digits: Dataset, deal: Deal, seed: number): Dataset[] {
  const { partsPerClient } = deal
  const order = deal.order(classTargets(digits).labels, seed)
  const parts = CLIENTS * partsPerClient
  const size = order.length / parts
  const drawn = shuffle(
    Uint32Array.from({ length: parts }, (_, part) => part),
    createRandom(seed),
  )
  return Array.from({ length: CLIENTS }, (_, client) => {
    const own = drawn.subarray(client * partsPerClient, (client + 1) * partsPerClient)
    const rows = [...own].flatMap((part) => [...order.subarray(part * size, (part + 1) * size)])
    return pickRows(digits, rows)
  })
}
