import type { Engine } from '../../packages/engine/src/index.ts'
import type { EstimatorName, StrategyName } from '../../packages/protocol/src/index.ts'
import { createWorlds, type World } from './digits-world.ts'
import { playGames } from './play-games.ts'
import { sharesOfGames } from './shares-of-games.ts'
import { ESTIMATORS, SEEDS, SPLITS, type SplitName, STRATEGIES } from './study.ts'

/** What every silo would have been paid in one federation, by each estimator. */
export type Measurement = {
  readonly split: SplitName
  readonly strategy: StrategyName
  readonly seed: number
  /** Of the last model. */
  readonly accuracy: number
  /** Parts of the pots, one per silo. */
  readonly shares: ReadonlyMap<EstimatorName, readonly number[]>
}

/** All federations of the study, and each silo's part of the rows. */
export type Study = {
  readonly measurements: readonly Measurement[]
  readonly sizes: readonly number[]
}

/** Plays every federation; `say` is told what is being played. */
export async function measureStudy(engine: Engine, say: (line: string) => void): Promise<Study> {
  const worlds = await createWorlds(engine)
  const measurements: Measurement[] = []
  for (const split of Object.keys(SPLITS) as SplitName[]) {
    for (const strategy of STRATEGIES) {
      say(`${split}, ${strategy.name}`)
      for (const seed of SEEDS) {
        const { games, accuracy } = await playGames({ ...worlds[split], strategy, seed })
        const samples = rowsOf(worlds[split])
        const shares = new Map<EstimatorName, readonly number[]>()
        for (const estimator of ESTIMATORS) {
          shares.set(estimator, await sharesOfGames(games, { estimator, samples }))
        }
        measurements.push({ split, strategy: strategy.name, seed, accuracy, shares })
      }
    }
  }
  const rows = rowsOf(worlds.iid)
  const total = rows.reduce((sum, count) => sum + count, 0)
  return { measurements, sizes: rows.map((count) => count / total) }
}

function rowsOf({ silos }: World): readonly number[] {
  return silos.map(({ count }) => count)
}
