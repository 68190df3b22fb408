import { createHash } from 'node:crypto'
import { createRandom } from '@fednode/engine'
import type { EstimationBudget, EstimatorName } from '@fednode/protocol'
import { estimate } from '../../src/contribution/estimate.ts'
import type { Estimate, Game } from '../../src/contribution/estimator.ts'

/** A game given by the utility of every coalition. */
export function gameOf(utilities: ArrayLike<number>): Game {
  return {
    players: Math.log2(utilities.length),
    utilities: async (coalitions) =>
      coalitions.map((coalition) => utilities[Number(coalition)] ?? Number.NaN),
  }
}

/**
 * Utilities like those of a federation: one update alone is a poor model, more of them saturate, player 1 does harm, and every
 * coalition has a little of its own.
 */
export function federatedUtilities(players: number, seed: number): Float64Array {
  const random = createRandom(seed)
  const strengths = Array.from({ length: players }, (_, i) => (i === 1 ? -0.8 : random.uniform()))
  return Float64Array.from({ length: 2 ** players }, (_, coalition) => {
    const members = strengths.filter((_strength, i) => (coalition >> i) & 1)
    const total = members.reduce((sum, strength) => sum + strength, 0)
    const own = 0.05 * (random.uniform() - 0.5)
    return coalition === 0 ? 0.1 : 1 - Math.exp(-total) - 0.5 / (members.length + 1) + own
  })
}

/** 32 bytes that differ by `number`. */
export function seedBytes(number: number): Uint8Array {
  return createHash('sha256').update(`seed ${number}`).digest()
}

/** An estimate without clock; rows are alike unless given. */
export function estimateGame(
  name: EstimatorName,
  game: Game,
  options: {
    readonly budget?: EstimationBudget
    readonly seed?: number
    readonly samples?: readonly number[]
    readonly elapsed?: () => number
  } = {},
): Promise<Estimate> {
  const { budget, seed = 1, samples = new Array<number>(game.players).fill(10) } = options
  return estimate(name, game, {
    ...(budget === undefined ? {} : { budget }),
    seed: seedBytes(seed),
    samples,
    elapsed: options.elapsed ?? (() => 0),
  })
}
