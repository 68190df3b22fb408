import { createRandom, type Engine, shuffle } from '../../packages/engine/src/index.ts'
import { type HeartPatient, loadHeartDisease } from '../../test/lab/data/heart-disease.ts'
import { engineFederation } from './engine-federation.ts'
import type { Federation } from './federation.ts'
import { logisticModel } from './logistic-model.ts'
import { scaleFeatures } from './scale-features.ts'
import { tableDataset } from './table-dataset.ts'

/** Each of the four hospitals is split in as many. */
const PARTS = 3
/** Place of the silo whose diagnoses are in random order. */
const SHUFFLED = 1
const SEED = 11

/** Twelve silos out of four hospitals, one with shuffled labels; logistic regression, valued on the pooled test rows. */
export async function heartDisease(engine: Engine): Promise<Federation[]> {
  const patients = loadHeartDisease()
  const train = patients.filter(({ fold }) => fold === 'train')
  const scale = scaleFeatures(train.map(({ features }) => features))
  const scaled = (rows: readonly HeartPatient[]): HeartPatient[] =>
    rows.map((row) => ({ ...row, features: scale(row.features) }))
  const silos = [...Map.groupBy(scaled(train), ({ hospital }) => hospital).values()].flatMap(
    splitHospital,
  )
  return engineFederation({
    name: 'heart-disease',
    engine,
    model: logisticModel(silos[0]?.[0]?.features.length ?? 0),
    plan: { optimizer: 'sgd', learningRate: 0.1, batchSize: 16, epochs: 3 },
    silos: silos.map((rows, silo) =>
      tableDataset(silo === SHUFFLED ? withShuffledLabels(rows) : rows),
    ),
    validation: tableDataset(scaled(patients.filter(({ fold }) => fold === 'test'))),
    games: [
      { round: 1, utility: 'negative-loss' },
      { round: 1, utility: 'accuracy' },
      { round: 5, utility: 'negative-loss' },
    ],
  })
}

function splitHospital(rows: readonly HeartPatient[]): HeartPatient[][] {
  return Array.from({ length: PARTS }, (_, part) => rows.filter((_row, i) => i % PARTS === part))
}

function withShuffledLabels(rows: readonly HeartPatient[]): HeartPatient[] {
  const labels = shuffle(
    rows.map(({ label }) => label),
    createRandom(SEED),
  )
  return rows.map((row, i) => ({ ...row, label: labels[i] ?? 0 }))
}
