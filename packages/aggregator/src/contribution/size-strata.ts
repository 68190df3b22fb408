import type { Outcome } from './estimator.ts'
import { type RunningMoments, runningMoments } from './running-moments.ts'

/** Utilities of coalitions by size, and for every player of those with him and those without. */
export type SizeStrata = {
  add(members: readonly number[], utility: number): void
  /**
   * Values that sum to `gain`. Sizes 1 and n - 1 count as exhausted; of the other strata the standard error of a mean is the deviation
   * over the root of the number, where a stratum of fewer than two draws is taken to vary as its whole size does.
   */
  values(gain: number): Outcome
}

/** What is known of one size: of all its coalitions, and by player of those with and without. */
type Size = {
  readonly all: RunningMoments
  readonly inside: readonly RunningMoments[]
  readonly outside: readonly RunningMoments[]
}

export function sizeStrata(players: number): SizeStrata {
  const sizes = Array.from({ length: players - 1 }, () => emptySize(players))
  return {
    add(members, utility) {
      const size = sizes[members.length - 1]
      if (size === undefined) return
      const isMember = new Set(members)
      size.all.add(utility)
      for (let player = 0; player < players; player++)
        (isMember.has(player) ? size.inside : size.outside)[player]?.add(utility)
    },
    values(gain) {
      const raw = sumByPlayer(players, sizes, contrast)
      const mean = raw.reduce((sum, value) => sum + value, 0) / players
      const variances = sumByPlayer(players, sizes.slice(1, -1), variance)
      return {
        values: raw.map((value) => (value - mean + gain) / players),
        standardErrors: variances.map((sum) => Math.sqrt(sum) / players),
      }
    },
  }
}

function emptySize(players: number): Size {
  const make = (): RunningMoments[] => Array.from({ length: players }, runningMoments)
  return { all: runningMoments(), inside: make(), outside: make() }
}

function sumByPlayer(
  players: number,
  sizes: readonly Size[],
  of: (size: Size, player: number) => number,
): number[] {
  return Array.from({ length: players }, (_, player) =>
    sizes.reduce((sum, size) => sum + of(size, player), 0),
  )
}

/** How much more coalitions of one size are worth with the player than without him. */
function contrast({ all, inside, outside }: Size, player: number): number {
  return meanOf(inside[player], all) - meanOf(outside[player], all)
}

/** An empty stratum has its size's mean: it prefers nobody. */
function meanOf(stratum: RunningMoments | undefined, all: RunningMoments): number {
  return stratum === undefined || stratum.count() === 0 ? all.mean() : stratum.mean()
}

function variance({ all, inside, outside }: Size, player: number): number {
  return [inside[player], outside[player]].reduce((sum, stratum) => {
    const count = stratum?.count() ?? 0
    const spread = count < 2 ? all.variance() : (stratum?.variance() ?? 0)
    return sum + spread / Math.max(count, 1)
  }, 0)
}
