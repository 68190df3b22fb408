import type { Dataset, Engine } from '../../packages/engine/src/index.ts'
import type {
  ModelSpec,
  TrainingPlan,
  UtilityName,
  Weights,
} from '../../packages/protocol/src/index.ts'
import type { Federation } from './federation.ts'
import { coefficientsOf, type PlayedRound, playRounds } from './play-rounds.ts'

/** A federation that the engine trains and evaluates. */
export type EngineFederation = {
  readonly name: string
  readonly engine: Engine
  readonly model: ModelSpec
  readonly plan: TrainingPlan
  readonly silos: readonly Dataset[]
  readonly validation: Dataset
  /** What is valued: the utility of every coalition in each of these rounds. */
  readonly games: readonly { readonly round: number; readonly utility: UtilityName }[]
}

const SEED = 4

/** Trains as many rounds as the games need and evaluates every coalition of theirs. */
export async function engineFederation(options: EngineFederation): Promise<Federation[]> {
  const { engine, model, plan, silos, games } = options
  const initial = engine.initialWeights(model, SEED)
  const training = silos.map((data, silo) => ({
    samples: data.count,
    async train(base: Float32Array, round: number) {
      const seed = SEED + 100 * round + silo
      const weights = { specs: initial.specs, values: base }
      return (await engine.train(model, weights, data, { plan, seed })).weights.values
    },
  }))
  const rounds = Math.max(...games.map(({ round }) => round))
  const played = await playRounds(training, initial.values, rounds)
  const federations: Federation[] = []
  for (const { round, utility } of games) {
    const at = played[round - 1]
    if (at === undefined) continue
    const samples = silos.map(({ count }) => count)
    const utilities = await utilitiesOf(options, { at, specs: initial.specs, utility, samples })
    const name = `${options.name}-round${round}-${utility}`
    federations.push({ name, players: silos.length, samples, utilities })
  }
  return federations
}

async function utilitiesOf(
  { engine, model, validation }: EngineFederation,
  game: {
    readonly at: PlayedRound
    readonly specs: Weights['specs']
    readonly utility: UtilityName
    readonly samples: readonly number[]
  },
): Promise<Float64Array> {
  const { at, specs, utility, samples } = game
  const evaluator = engine.createCoalitionEvaluator({
    model,
    base: { specs, values: at.base },
    updates: at.updates.map((values) => ({ specs, values })),
    data: validation,
    utility,
  })
  try {
    const models = Array.from({ length: 2 ** samples.length }, (_, coalition) => ({
      kind: 'combination' as const,
      coefficients: coefficientsOf(coalition, samples),
    }))
    const evaluations = await evaluator.evaluate(models)
    return Float64Array.from(evaluations, (evaluation) => evaluation.utility)
  } finally {
    await evaluator.dispose()
  }
}
