import type { Engine } from '../../packages/engine/src/index.ts'
import { loadMnist } from './data/mnist.ts'
import type { SimulationOptions } from './simulation.ts'
import { SMALL_DIGITS_MODEL } from './small-digits-model.ts'
import { pickRows, splitDigits } from './split-digits.ts'

/** Rows of a silo: few, so that a table of a hundred federations takes a minute. */
const ROWS_PER_SILO = 300
const HELD_OUT = 1_000
const SEED = 1

/** Dirichlet concentration of each split. */
const SPLITS = { even: 1_000, skewed: 0.5 } as const

/** Silos whose digits are alike, or of which most have few of some. */
export type Split = keyof typeof SPLITS

/** Everything of a federation on MNIST but who attacks and what is done about it. */
export type DigitsWorld = Omit<SimulationOptions, 'strategy' | 'attack' | 'attackers'>

/**
 * MNIST over `silos` silos of 300 digits each, a model of 25,450 weights (784-32-10), ten rounds of one epoch; evaluated on 1,000 digits
 * of other writers.
 */
export function digitsWorld(
  engine: Engine,
  { silos, split }: { readonly silos: number; readonly split: Split },
): DigitsWorld {
  const { train, test } = loadMnist()
  const step = Math.floor(test.count / HELD_OUT)
  return {
    engine,
    model: SMALL_DIGITS_MODEL,
    plan: { optimizer: 'sgd', learningRate: 0.1, batchSize: 20, epochs: 1 },
    silos: splitDigits(train, {
      silos,
      rowsPerSilo: ROWS_PER_SILO,
      alpha: SPLITS[split],
      seed: SEED,
    }),
    rounds: 10,
    seed: SEED,
    validation: pickRows(
      test,
      Array.from({ length: HELD_OUT }, (_, row) => row * step),
    ),
  }
}
