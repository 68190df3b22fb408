import type { EstimatorName } from '@fednode/protocol'
import { AggregatorError } from '../../aggregator-error.ts'
import { estimate } from '../estimate.ts'

/** Recall of every class that a coalition's model has. */
export type MeasuredClasses = { readonly coalition: bigint; readonly classes: readonly number[] }

/** A round whose classes were measured, and how its values were computed. */
export type ClasswiseRound = {
  readonly estimator: EstimatorName
  readonly players: number
  readonly measured: readonly MeasuredClasses[]
  /** Coalitions that the estimator used. */
  readonly evaluations: number
  /** The 32 bytes that the estimator drew from. */
  readonly seed: Uint8Array
  /** Training rows of each player. */
  readonly samples: readonly number[]
}

/** They cut orders off by what they see, so each class would need coalitions of its own. */
const NOT_LINEAR: ReadonlySet<EstimatorName> = new Set(['tmc', 'gtg'])

/**
 * What each player adds to the recall of every class: the round's own estimator on the same coalitions, one game per class. Because
 * the estimator is linear, the values of the classes, weighted by their parts of the validation rows, sum to the values of accuracy.
 * @returns one list per class, one value per player in each.
 * @throws {AggregatorError} CLASSES_UNKNOWN for tmc and gtg, and when a coalition that the estimator asks for was not measured.
 */
export async function classValues(round: ClasswiseRound): Promise<readonly (readonly number[])[]> {
  const { estimator, players, measured, evaluations, seed, samples } = round
  if (NOT_LINEAR.has(estimator)) throw unknown(`${estimator} has no values per class`)
  const classes = new Map(measured.map((each) => [each.coalition, each.classes]))
  const count = measured[0]?.classes.length ?? 0
  const values: (readonly number[])[] = []
  for (let label = 0; label < count; label++) {
    const game = {
      players,
      utilities: async (coalitions: readonly bigint[]) =>
        coalitions.map((coalition) => recallOf(classes, coalition, label)),
    }
    const budget = { evaluations }
    const estimated = await estimate(estimator, game, { budget, seed, samples, elapsed: () => 0 })
    values.push(estimated.values)
  }
  return values
}

function recallOf(
  classes: ReadonlyMap<bigint, readonly number[]>,
  coalition: bigint,
  label: number,
): number {
  const recall = classes.get(coalition)?.[label]
  if (recall === undefined) throw unknown(`coalition ${coalition} was not measured by class`)
  return recall
}

function unknown(reason: string): AggregatorError {
  return new AggregatorError(`Values per class are not known: ${reason}`, {
    code: 'CLASSES_UNKNOWN',
    reason,
  })
}
