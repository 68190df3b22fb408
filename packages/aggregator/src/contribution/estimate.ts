import { createRandomFrom } from '@fednode/engine'
import type { EstimationBudget, EstimatorName } from '@fednode/protocol'
import { AggregatorError } from '../aggregator-error.ts'
import { allowedEvaluations } from './allowed-evaluations.ts'
import { chooseEstimator } from './choose-estimator.ts'
import type { Answer, Estimate, Estimator, Game, Players } from './estimator.ts'
import { ESTIMATORS } from './estimators.ts'
import { type EvaluationMeter, evaluationMeter } from './evaluation-meter.ts'
import { exactShapley } from './exact-shapley.ts'

export type EstimateOptions = {
  readonly budget?: EstimationBudget
  /** 32 bytes that decide every random draw. */
  readonly seed: Uint8Array
  /** Training rows of each player. */
  readonly samples: readonly number[]
  /** Monotonic ms; read only when the budget has seconds. */
  elapsed(): number
  readonly signal?: AbortSignal
}

/**
 * Values the players of a game by one method, within a budget: it ends at the first of its limits. Once every coalition is known the
 * values are exact whatever the method. Repeating a call with `evaluations` as used before and no other limit gives the same bits.
 * @throws {AggregatorError} BUDGET_TOO_SMALL when they end before the method has an estimate, TOO_MANY_SILOS, UTILITY_NOT_FINITE.
 */
export async function estimate(
  name: EstimatorName,
  game: Game,
  options: EstimateOptions,
): Promise<Estimate> {
  const { budget = {}, seed, samples, elapsed, signal } = options
  const count = game.players
  const chosen = chooseEstimator(name, count, budget)
  const estimator = ESTIMATORS[chosen]
  const minimum = Math.min(estimator.minimumEvaluations(count), 2 ** count)
  const evaluations = allowedEvaluations(chosen, count, budget)
  const meter = evaluationMeter(game, { ...budget, evaluations, minimum, elapsed, signal })
  const players = { count, samples, random: createRandomFrom(seed) }
  const estimated = await converse(estimator, meter, players)
  if (estimated === undefined) throw tooSmall(chosen, minimum, evaluations)
  return estimated
}

async function converse(
  estimator: Estimator,
  meter: EvaluationMeter,
  players: Players,
): Promise<Estimate | undefined> {
  const estimation = estimator.estimate(players)
  let answer: Answer = []
  for (;;) {
    const step = estimation.next(answer)
    if (step.done) {
      if (step.value === undefined) return undefined
      const { values, standardErrors, converged = false } = step.value
      const stoppedBy = converged ? 'converged' : (meter.stoppedBy() ?? 'complete')
      return { values, standardErrors, evaluations: meter.used(), stoppedBy }
    }
    answer = await meter.grant(step.value)
    if (meter.used() === 0) return undefined
    if (meter.used() === 2 ** players.count) return everythingKnown(meter, players.count)
  }
}

function everythingKnown(meter: EvaluationMeter, count: number): Estimate {
  const known = meter.known()
  const utilities = Float64Array.from({ length: 2 ** count }, (_, i) => known.get(BigInt(i)) ?? 0)
  const values = [...exactShapley(count, utilities)]
  return {
    values,
    standardErrors: values.map(() => 0),
    evaluations: meter.used(),
    stoppedBy: 'complete',
  }
}

function tooSmall(estimator: string, minimum: number, evaluations: number): AggregatorError {
  const message = `contribution.budget.evaluations is ${evaluations}, but ${estimator} needs ${minimum} at least for these silos: raise it or choose another estimator`
  return new AggregatorError(message, {
    code: 'BUDGET_TOO_SMALL',
    estimator,
    minimum,
    evaluations,
  })
}
