import type {
  CoalitionEvaluator,
  CoalitionModel,
  Dataset,
  Engine,
  Evaluation,
} from '@fednode/engine'
import { type EstimationBudget, toPico } from '@fednode/protocol'
import { AggregatorError } from '../aggregator-error.ts'
import { chooseEstimator } from '../contribution/choose-estimator.ts'
import { estimate } from '../contribution/estimate.ts'
import type { Estimate } from '../contribution/estimator.ts'
import { recordingGame } from '../contribution/recording-game.ts'
import { coalitionModels } from '../strategies/coalition-models.ts'
import { aggregationOf, type RoundInput } from './aggregate-round.ts'
import { boundedPico, LARGEST_SAID } from './bounded-pico.ts'
import { deriveSeed } from './derive-seed.ts'
import { payOf } from './pay-of.ts'
import { type UtilityGame, utilityGame } from './utility-game.ts'
import { validationRows } from './validation-rows.ts'
import { readAll, wholeModel } from './whole-model.ts'

/** Updates whose weights together take more are evaluated as whole models, built one after the other from the files. */
const MAX_RESIDENT_BYTES = 1_073_741_824

/** What was measured of one coalition, whole numbers of 1e-12. */
export type MeasuredCoalition = {
  /** Bit i is the i-th silo by name. */
  readonly coalition: bigint
  readonly utilityPico: number
  /** Recall per class; only when the manifest asks for it. */
  readonly classesPico?: readonly number[]
}

/** What a round's updates are worth, in the order of the silos' names. */
export type RoundAssessment = {
  /** Of the incoming model and of the new one, on this round's rows. */
  readonly before: Evaluation
  readonly after: Evaluation
  readonly valuesPico: readonly number[]
  readonly standardErrorsPico: readonly number[]
  /** Of the pot, 1e9 in all; all zero when what the silos added together is not above the manifest's minimum. */
  readonly shares: readonly number[]
  /** Utility of all but one; undefined where it was not evaluated. */
  readonly withoutPico: readonly (number | undefined)[]
  /** In the order of their evaluation. */
  readonly measured: readonly MeasuredCoalition[]
  /** The method behind the manifest's name. */
  readonly estimator: ReturnType<typeof chooseEstimator>
  readonly evaluations: number
  readonly stoppedBy: Estimate['stoppedBy']
}

/** What a round is measured with. */
type Measure = {
  readonly validation: Dataset
  readonly seed: Uint8Array
  readonly budget?: EstimationBudget
  readonly estimator?: RoundAssessment['estimator']
  /** Measured whether the estimator asks for them or not, before any other. */
  readonly coalitions?: readonly bigint[]
}

export type AssessmentDeps = {
  readonly engine: Pick<Engine, 'createCoalitionEvaluator'>
  /** Monotonic ms. */
  elapsed(): number
  readonly signal?: AbortSignal
  /** Told how many coalitions were evaluated so far. */
  onEvaluated?(count: number): void
}

/**
 * Measures what every silo contributed to a round: the one computation that the aggregator and whoever checks it run.
 * @param options.validation - all held-out rows; the round may be measured on a part of them.
 * @param options.seed - 32 bytes that were fixed before any update was known.
 * @param options.budget - what to spend instead of the manifest's: a verifier repeats as many evaluations as the evidence states, by the
 *   same estimator.
 * @throws {AggregatorError} UTILITY_NOT_FINITE when a coalition's model diverged, or the new one from one that had not (T40); else as
 *   estimate.
 */
export async function assessRound(
  input: RoundInput,
  options: Measure,
  deps: AssessmentDeps,
): Promise<RoundAssessment> {
  const evaluator = evaluatorOf(input, options, deps)
  try {
    const game = utilityGame({
      players: input.updates.length,
      modelOf: await modelsOf(input),
      evaluator,
      ...(deps.signal === undefined ? {} : { signal: deps.signal }),
      ...(deps.onEvaluated === undefined ? {} : { onEvaluated: deps.onEvaluated }),
    })
    return await valueUpdates(game, { input, ...options }, deps)
  } finally {
    await evaluator.dispose()
  }
}

async function valueUpdates(
  game: UtilityGame,
  round: Measure & { readonly input: RoundInput },
  deps: AssessmentDeps,
): Promise<RoundAssessment> {
  const { input, seed } = round
  const { contribution } = input.manifest
  const recorded = recordingGame(game)
  const all = (1n << BigInt(input.updates.length)) - 1n
  // Also where an estimator needs neither: both are told to everybody.
  await recorded.utilities([0n, all, ...(round.coalitions ?? [])])
  checkProgress(measuredOf(game, 0n), measuredOf(game, all))
  const budget = round.budget ?? contribution.budget
  const { estimator: name } = contribution
  const estimator = round.estimator ?? chooseEstimator(name, input.updates.length, budget)
  const estimated = await estimate(estimator, recorded, {
    ...(budget === undefined ? {} : { budget }),
    seed: deriveSeed(seed, 'coalitions'),
    samples: input.updates.map(({ samples }) => samples),
    elapsed: deps.elapsed,
    ...(deps.signal === undefined ? {} : { signal: deps.signal }),
  })
  const valuesPico = estimated.values.map(boundedPico)
  const evaluated = recorded.evaluated()
  const utilities = new Map(evaluated.map(({ coalition, utility }) => [coalition, utility]))
  const without = input.updates.map((_, i) => utilities.get(all & ~(1n << BigInt(i))))
  return {
    before: measuredOf(game, 0n),
    after: measuredOf(game, all),
    valuesPico,
    standardErrorsPico: estimated.standardErrors.map(boundedPico),
    shares: payOf(valuesPico, contribution.minimumGain),
    withoutPico: without.map((utility) => (utility === undefined ? undefined : toPico(utility))),
    measured: evaluated.map(({ coalition, utility }) => {
      const { classes } = measuredOf(game, coalition)
      return {
        coalition,
        utilityPico: toPico(utility),
        ...(classes === undefined ? {} : { classesPico: [...classes].map(toPico) }),
      }
    }),
    estimator,
    evaluations: estimated.evaluations,
    stoppedBy: estimated.stoppedBy,
  }
}

/** A loss that nobody can say is a divergence, unless the model came with one and may yet descend. */
function checkProgress(before: Evaluation, after: Evaluation): void {
  if (after.loss <= LARGEST_SAID || before.loss > LARGEST_SAID) return
  throw new AggregatorError(`the loss of the new model is ${after.loss}`, {
    code: 'UTILITY_NOT_FINITE',
    coalition: 'all',
  })
}

function evaluatorOf(
  input: RoundInput,
  { validation, seed }: Measure,
  { engine }: AssessmentDeps,
): CoalitionEvaluator {
  const { base, model, updates } = input
  const { validationShare = 1, utility, classWise = false } = input.manifest.contribution
  return engine.createCoalitionEvaluator({
    model,
    base,
    updates: isResident(input)
      ? updates.map((update) => ({ specs: base.specs, values: readAll(update) }))
      : [],
    data: validationRows(validation, validationShare, deriveSeed(seed, 'validation')),
    utility,
    classWise,
  })
}

async function modelsOf(input: RoundInput): Promise<(coalition: bigint) => CoalitionModel> {
  const { modelOf } = await coalitionModels(input.manifest.strategy, aggregationOf(input))
  return isResident(input) ? modelOf : (coalition) => wholeModel(modelOf(coalition), input)
}

function isResident({ updates, base }: RoundInput): boolean {
  return updates.length * base.values.byteLength <= MAX_RESIDENT_BYTES
}

function measuredOf(game: UtilityGame, coalition: bigint): Evaluation {
  // Every coalition that the recorder knows went through the game.
  return game.evaluationOf(coalition) as Evaluation
}
