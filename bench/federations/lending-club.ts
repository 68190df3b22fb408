import type { Engine } from '../../packages/engine/src/index.ts'
import { loadLendingClub } from '../../test/lab/data/lending-club.ts'
import { engineFederation } from './engine-federation.ts'
import type { Federation } from './federation.ts'
import { logisticModel } from './logistic-model.ts'
import { scaleFeatures } from './scale-features.ts'
import { tableDataset } from './table-dataset.ts'

const STATES = 12

/** The twelve states with most loans; logistic regression, valued by its AUC on the loans of all other states. */
export async function lendingClub(engine: Engine): Promise<Federation[]> {
  const loans = loadLendingClub()
  const byState = [...Map.groupBy(loans, ({ state }) => state).values()]
  byState.sort((a, b) => b.length - a.length)
  const train = byState.slice(0, STATES)
  const scale = scaleFeatures(train.flat().map(({ features }) => features))
  const datasetOf = (rows: typeof loans): ReturnType<typeof tableDataset> =>
    tableDataset(rows.map((row) => ({ ...row, features: scale(row.features) })))
  return engineFederation({
    name: 'lending-club',
    engine,
    model: logisticModel(loans[0]?.features.length ?? 0),
    plan: { optimizer: 'sgd', learningRate: 0.03, batchSize: 32, epochs: 1 },
    silos: train.map(datasetOf),
    validation: datasetOf(byState.slice(STATES).flat()),
    games: [
      { round: 1, utility: 'auc' },
      { round: 5, utility: 'auc' },
    ],
  })
}
