import { createHash } from 'node:crypto'
import { estimate } from '../../packages/aggregator/src/contribution/estimate.ts'
import type { Game } from '../../packages/aggregator/src/contribution/estimator.ts'
import {
  type EstimatorName,
  SHARE_UNITS,
  sharesOf,
  toPico,
} from '../../packages/protocol/src/index.ts'
import { SAMPLED_COALITIONS, SAMPLERS } from './study.ts'

/** Utilities of all coalitions of one round: index is the bit set. */
export type RoundGame = Float64Array

/** Mean part of the pots that each silo is paid over the rounds, 0 to 1, as the product pays: values below zero get nothing. */
export async function sharesOfGames(
  games: readonly RoundGame[],
  {
    estimator,
    samples,
  }: { readonly estimator: EstimatorName; readonly samples: readonly number[] },
): Promise<readonly number[]> {
  const shares = await Promise.all(
    games.map(async (utilities, round) => {
      const { values } = await estimate(estimator, tableGame(utilities, samples.length), {
        ...(SAMPLERS.has(estimator) ? { budget: { evaluations: SAMPLED_COALITIONS } } : {}),
        seed: createHash('sha256').update(`${estimator} ${round}`).digest(),
        samples,
        elapsed: () => 0,
      })
      return sharesOf(values.map(toPico))
    }),
  )
  return samples.map(
    (_, silo) =>
      shares.reduce((sum, round) => sum + (round[silo] ?? 0), 0) / SHARE_UNITS / games.length,
  )
}

function tableGame(utilities: RoundGame, players: number): Game {
  return {
    players,
    utilities: async (coalitions) =>
      coalitions.map((coalition) => utilities[Number(coalition)] ?? Number.NaN),
  }
}
