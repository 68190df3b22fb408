import { MAX_EXACT_SILOS } from '@fednode/protocol'
import { AggregatorError } from '../../aggregator-error.ts'
import { exactShapley } from '../exact-shapley.ts'
import type { RecordedUtility } from '../recording-game.ts'
import { completeMatrix } from './complete-matrix.ts'

/** Directions in which rounds may differ; the paper finds the matrix to be nearly of low rank. */
const RANK = 5
/** Small beside the utilities, whose mean square is 1 here: it decides only what they leave open. */
const REGULARISATION = 1e-3

/** What a round's evidence says: coalitions of its participants as bit sets over all registered silos, the empty one among them. */
export type RecordedRound = readonly RecordedUtility[]

/**
 * Completed federated Shapley values (Fan et al. 2022, arXiv 2109.09046): what each silo would have been worth had all taken part in
 * every round. The gains u_t(S) - u_t(empty) of all rounds make a matrix with a column per coalition, known where the round's
 * participants include S; its gaps are filled at low rank, and the Shapley values of the filled rows are summed over rounds. A silo
 * that was left out of a round is so not worth less than its twin who was in it. With everybody in every round, and every coalition
 * evaluated, they are the sums of the rounds' Shapley values (FedSV, Wang et al. 2020, arXiv 2009.06192).
 *
 * A look back: pay stays with each round's own values.
 * @returns one value per silo, in the utility's unit.
 * @throws {AggregatorError} TOO_MANY_SILOS above 12; COALITIONS_UNKNOWN when a coalition was evaluated in no round, which nothing could
 * fill: one round with everybody and exact values is enough (the paper's assumption that everyone is heard).
 */
export function comFedSv(rounds: readonly RecordedRound[], silos: number): readonly number[] {
  checkSilos(silos)
  const matrix = rounds.map((round) => gainsOf(round, silos))
  checkColumns(matrix, silos)
  const complete = completeMatrix(matrix, { rank: RANK, regularisation: REGULARISATION })
  const totals = new Array<number>(silos).fill(0)
  for (const gains of complete)
    for (const [silo, value] of exactShapley(silos, gains).entries())
      totals[silo] = (totals[silo] ?? 0) + value
  return totals
}

/** Gain of every coalition over the incoming model; NaN where it was not evaluated. */
function gainsOf(utilities: RecordedRound, silos: number): Float64Array {
  const gains = new Float64Array(2 ** silos).fill(Number.NaN)
  const before = utilities.find(({ coalition }) => coalition === 0n)?.utility ?? Number.NaN
  for (const { coalition, utility } of utilities) gains[Number(coalition)] = utility - before
  // Nobody gains nothing in any round, also where it was not asked.
  gains[0] = 0
  return gains
}

function checkSilos(silos: number): void {
  if (silos <= MAX_EXACT_SILOS) return
  const message = `${silos} silos have too many coalitions to complete; the look back over all rounds needs ${MAX_EXACT_SILOS} at most`
  throw new AggregatorError(message, { code: 'TOO_MANY_SILOS', silos, limit: MAX_EXACT_SILOS })
}

function checkColumns(matrix: readonly Float64Array[], silos: number): void {
  const coalitions = 2 ** silos
  let unknown = 0
  for (let coalition = 0; coalition < coalitions; coalition++)
    if (matrix.every((gains) => Number.isNaN(gains[coalition]))) unknown++
  if (unknown === 0) return
  const message = `${unknown} of ${coalitions} coalitions were evaluated in no round: a look back over all rounds needs one with all ${silos} silos and exact values`
  throw new AggregatorError(message, { code: 'COALITIONS_UNKNOWN', unknown, coalitions })
}
