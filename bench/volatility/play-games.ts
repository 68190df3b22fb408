import { simulateFederation } from '../../test/lab/simulate.ts'
import type { SimulatedRound, SimulationOptions } from '../../test/lab/simulation.ts'
import type { RoundGame } from './shares-of-games.ts'

/** What a federation came to: the utilities of all coalitions in every round, and the accuracy of the last model. */
export type PlayedGames = { readonly games: readonly RoundGame[]; readonly accuracy: number }

/** Plays a federation and measures every coalition of every round, by accuracy. */
export async function playGames(options: SimulationOptions): Promise<PlayedGames> {
  const games: RoundGame[] = []
  const watch = async (round: SimulatedRound): Promise<void> => {
    games.push(await measureAll(round, options))
  }
  const { rounds } = await simulateFederation({ ...options, watch })
  return { games, accuracy: rounds.at(-1)?.metrics.accuracy ?? 0 }
}

async function measureAll(
  { base, updates, models }: SimulatedRound,
  { engine, model, validation }: SimulationOptions,
): Promise<RoundGame> {
  const evaluator = engine.createCoalitionEvaluator({
    model,
    base,
    updates: updates.map(({ weights }) => weights),
    data: validation,
    utility: 'accuracy',
    // One round is less work than starting threads.
    threads: 1,
  })
  try {
    const coalitions = Array.from({ length: 2 ** updates.length }, (_, bits) => BigInt(bits))
    const evaluations = await evaluator.evaluate(coalitions.map(models.modelOf))
    return Float64Array.from(evaluations, ({ utility }) => utility)
  } finally {
    await evaluator.dispose()
  }
}
