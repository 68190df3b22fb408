import { concordanceIndex, createRandom, shuffle } from '../../packages/engine/src/index.ts'
import { type CancerPatient, loadTcgaBrca } from '../../test/lab/data/tcga-brca.ts'
import { coxLoss, risksOf, trainCox } from './cox.ts'
import type { Federation } from './federation.ts'
import { coefficientsOf, type PlayedRound, playRounds } from './play-rounds.ts'
import { scaleFeatures } from './scale-features.ts'

/** Each of the six regions is split in as many. */
const PARTS = 2
/** Place of the silo whose outcomes are in random order. */
const SHUFFLED = 3
const ROUNDS = [1, 5]
const TRAINING = { steps: 20, learningRate: 0.1 }
const SEED = 31

/** What a linear Cox model is worth on patients of the test part. */
type Utility = (patients: readonly CancerPatient[], weights: Float32Array) => number

const UTILITIES: Readonly<Record<string, Utility>> = {
  'c-index': (patients, weights) =>
    concordanceIndex(risksOf(patients, weights), {
      times: Float64Array.from(patients, ({ days }) => days),
      observed: Uint8Array.from(patients, ({ isObserved }) => (isObserved ? 1 : 0)),
    }),
  'negative-loss': (patients, weights) => -coxLoss(patients, weights),
}

/** Twelve silos out of six regions, one with shuffled outcomes; a linear Cox model, valued on the pooled test patients. */
export async function tcgaBrca(): Promise<Federation[]> {
  const patients = loadTcgaBrca()
  const train = patients.filter(({ fold }) => fold === 'train')
  const scale = scaleFeatures(train.map(({ features }) => features))
  const scaled = (rows: readonly CancerPatient[]): CancerPatient[] =>
    rows.map((row) => ({ ...row, features: scale(row.features) }))
  const silos = splitRegions(scaled(train))
  const training = silos.map((rows) => ({
    samples: rows.length,
    train: async (base: Float32Array) => trainCox(rows, base, TRAINING),
  }))
  const width = train[0]?.features.length ?? 0
  const played = await playRounds(training, new Float32Array(width), Math.max(...ROUNDS))
  const test = scaled(patients.filter(({ fold }) => fold === 'test'))
  const samples = silos.map(({ length }) => length)
  return ROUNDS.flatMap((round) =>
    Object.entries(UTILITIES).map(([name, utility]) => ({
      name: `tcga-brca-round${round}-${name}`,
      players: silos.length,
      samples,
      utilities: utilitiesOf(played[round - 1], samples, (weights) => utility(test, weights)),
    })),
  )
}

function splitRegions(rows: readonly CancerPatient[]): CancerPatient[][] {
  const regions = [...Map.groupBy(rows, ({ region }) => region)].sort(([a], [b]) => a - b)
  const silos = regions.flatMap(([, patients]) =>
    Array.from({ length: PARTS }, (_, part) => patients.filter((_row, i) => i % PARTS === part)),
  )
  return silos.map((silo, i) => (i === SHUFFLED ? withShuffledOutcomes(silo) : silo))
}

function withShuffledOutcomes(rows: readonly CancerPatient[]): CancerPatient[] {
  const order = shuffle(
    rows.map((_, i) => i),
    createRandom(SEED),
  )
  return rows.map((row, i) => {
    const { isObserved, days } = rows[order[i] ?? i] ?? row
    return { ...row, isObserved, days }
  })
}

/** Of every coalition: the sample-weighted mean of its members' weights, the incoming weights for the empty one. */
function utilitiesOf(
  played: PlayedRound | undefined,
  samples: readonly number[],
  utility: (weights: Float32Array) => number,
): Float64Array {
  const { base, updates } = played ?? { base: new Float32Array(), updates: [] }
  return Float64Array.from({ length: 2 ** samples.length }, (_, coalition) => {
    if (coalition === 0) return utility(base)
    const parts = coefficientsOf(coalition, samples)
    const weights = base.map((_value, at) =>
      updates.reduce((sum, update, i) => sum + (parts[i] ?? 0) * (update[at] ?? 0), 0),
    )
    return utility(weights)
  })
}
