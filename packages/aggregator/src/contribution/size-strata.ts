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

type Stratum = { readonly of: RunningMoments; readonly size: RunningMoments }

export function sizeStrata(players: number): SizeStrata {
  const make = (): RunningMoments[] => Array.from({ length: players + 1 }, runningMoments)
  const sizes = make()
  const withPlayer = Array.from({ length: players }, make)
  const without = Array.from({ length: players }, make)
  const strataOf = (player: number, size: number): readonly Stratum[] =>
    [withPlayer, without].map((side) => ({
      of: side[player]?.[size] ?? runningMoments(),
      size: sizes[size] ?? runningMoments(),
    }))
  return {
    add(members, utility) {
      const isMember = new Set(members)
      sizes[members.length]?.add(utility)
      for (let player = 0; player < players; player++) {
        const side = isMember.has(player) ? withPlayer : without
        side[player]?.[members.length]?.add(utility)
      }
    },
    values(gain) {
      const inner = Array.from({ length: players - 1 }, (_, i) => i + 1)
      const raw = Array.from({ length: players }, (_, player) =>
        inner.reduce((sum, size) => sum + contrast(strataOf(player, size)), 0),
      )
      const mean = raw.reduce((sum, value) => sum + value, 0) / players
      const errors = Array.from({ length: players }, (_, player) =>
        Math.sqrt(
          inner
            .filter((size) => size > 1 && size < players - 1)
            .reduce((sum, size) => sum + variance(strataOf(player, size)), 0),
        ),
      )
      return {
        values: raw.map((value) => (value - mean + gain) / players),
        standardErrors: errors.map((error) => error / players),
      }
    },
  }
}

/** How much more coalitions of one size are worth with the player than without him. */
function contrast([one, other]: readonly Stratum[]): number {
  return meanOf(one) - meanOf(other)
}

function meanOf(stratum: Stratum | undefined): number {
  if (stratum === undefined) return 0
  return stratum.of.count() > 0 ? stratum.of.mean() : stratum.size.mean()
}

function variance(strata: readonly Stratum[]): number {
  return strata.reduce((sum, { of, size }) => {
    const spread = of.count() < 2 ? size.variance() : of.variance()
    return sum + spread / Math.max(of.count(), 1)
  }, 0)
}
