import { type Dataset, type Engine, flipLabels } from '../../packages/engine/src/index.ts'
import { classTargets } from '../../test/lab/class-targets.ts'
import { loadMnist, type WrittenDigits } from '../../test/lab/data/mnist.ts'
import { SMALL_DIGITS_MODEL } from '../../test/lab/small-digits-model.ts'
import { pickRows } from '../../test/lab/split-digits.ts'
import { engineFederation } from './engine-federation.ts'
import type { Federation } from './federation.ts'

const SILOS = 12
const DIGITS_PER_SILO = 400
const VALIDATION_DIGITS = 2_000
/** Part of the labels that are wrong, by the silo's place. */
const FLIPPED: Readonly<Record<number, number>> = { 3: 1, 8: 0.5 }
const SEED = 21

/**
 * Twelve silos of digits by disjoint groups of writers, two of them with flipped labels; a dense net of one hidden layer, valued by its
 * accuracy on digits of other writers.
 */
export async function mnist(engine: Engine): Promise<Federation[]> {
  const { train, test } = loadMnist()
  return engineFederation({
    name: 'mnist',
    engine,
    model: SMALL_DIGITS_MODEL,
    plan: { optimizer: 'sgd', learningRate: 0.1, batchSize: 20, epochs: 2 },
    silos: writerGroups(train),
    validation: pick(test, (row) => row % (test.count / VALIDATION_DIGITS) === 0),
    games: [
      { round: 1, utility: 'accuracy' },
      { round: 1, utility: 'negative-loss' },
      { round: 5, utility: 'accuracy' },
    ],
  })
}

function writerGroups(digits: WrittenDigits): Dataset[] {
  const writers = [...new Set(digits.writers)].sort((a, b) => a - b)
  const groupOf = new Map(
    writers.map((writer, i) => [writer, Math.floor((i * SILOS) / writers.length)]),
  )
  return Array.from({ length: SILOS }, (_, group) => {
    let left = DIGITS_PER_SILO
    const silo = pick(
      digits,
      (row) => groupOf.get(digits.writers[row] ?? -1) === group && left-- > 0,
    )
    return flipped(silo, group)
  })
}

function flipped(data: Dataset, group: number): Dataset {
  const share = FLIPPED[group] ?? 0
  const targets = classTargets(data)
  const labels = flipLabels({ ...targets, share, seed: SEED + group })
  return { ...data, targets: { ...targets, labels } }
}

function pick(digits: WrittenDigits, isWanted: (row: number) => boolean): Dataset {
  return pickRows(digits, [...classTargets(digits).labels.keys()].filter(isWanted))
}
