import type { CoalitionEvaluator, CoalitionModel, Evaluation } from '@fednode/engine'
import { fromPico } from '@fednode/protocol'
import { AggregatorError } from '../aggregator-error.ts'
import type { Game } from '../contribution/estimator.ts'
import { boundedPico } from './bounded-pico.ts'

/** Models that are evaluated at once: enough to share among threads, and few enough to tell where it stands. */
const GROUP_MODELS = 128
/** Whole models that are built before they are evaluated, in bytes: a bound on memory. */
const GROUP_BYTES = 134_217_728

/** A game over real models; keeps what was evaluated of each coalition. */
export type UtilityGame = Game & {
  evaluationOf(coalition: bigint): Evaluation | undefined
}

/**
 * The game of one round: the utility of a coalition is that of the model that the strategy makes of its updates, on the held-out rows.
 * Utilities are bounded and quantised to 1e-12 before any value is computed from them: whoever has the evidence recomputes the same bits.
 */
export function utilityGame(options: {
  readonly players: number
  modelOf(coalition: bigint): CoalitionModel
  readonly evaluator: Pick<CoalitionEvaluator, 'evaluate'>
  readonly signal?: AbortSignal
  /** Told how many coalitions were evaluated so far. */
  onEvaluated?(count: number): void
}): UtilityGame {
  const { players, modelOf, evaluator, signal, onEvaluated } = options
  const known = new Map<bigint, Evaluation>()
  return {
    players,
    async utilities(coalitions) {
      for (const group of inGroups(coalitions, modelOf)) {
        signal?.throwIfAborted()
        const models = group.map(({ model }) => model)
        const evaluations = await evaluator.evaluate(models, signal)
        group.forEach(({ coalition }, i) => {
          known.set(coalition, evaluations[i] as Evaluation)
        })
        onEvaluated?.(known.size)
      }
      return coalitions.map((coalition) => quantised(coalition, known.get(coalition)))
    },
    evaluationOf: (coalition) => known.get(coalition),
  }
}

type Built = { readonly coalition: bigint; readonly model: CoalitionModel }

/** Builds models as they are needed, as many at a time as memory may hold. */
function* inGroups(
  coalitions: readonly bigint[],
  modelOf: (coalition: bigint) => CoalitionModel,
): Generator<readonly Built[]> {
  let group: Built[] = []
  let bytes = 0
  for (const coalition of coalitions) {
    const model = modelOf(coalition)
    group.push({ coalition, model })
    bytes += model.kind === 'weights' ? model.values.byteLength : 0
    if (bytes < GROUP_BYTES && group.length < GROUP_MODELS) continue
    yield group
    group = []
    bytes = 0
  }
  if (group.length > 0) yield group
}

function quantised(coalition: bigint, evaluation: Evaluation | undefined): number {
  const value = evaluation?.utility ?? Number.NaN
  try {
    return fromPico(boundedPico(value))
  } catch (cause) {
    const message = `the utility of coalition ${coalition} is ${value}`
    throw new AggregatorError(
      message,
      { code: 'UTILITY_NOT_FINITE', coalition: String(coalition) },
      { cause },
    )
  }
}
