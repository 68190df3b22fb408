import { meanBlend } from './blends.ts'
import { krumScores } from './krum-scores.ts'
import { largestAttackers } from './largest-attackers.ts'
import { CHANGES, type LinearStrategy } from './strategy.ts'

/**
 * Mean of the `keep` updates with the smallest Krum scores, each counted once (Multi-Krum, Blanchard et al. 2017, arXiv 1703.02757,
 * section 4; keep <= n - f - 2 is what El Mhamdi et al. 2020, arXiv 1905.04374, prove it for, hence the default). Krum keeps one.
 * Unlike the paper, which takes the smallest identifier, all that tie with the last are kept: a silo's name wins it nothing.
 * @param options.attackers - f; more than n permits (n >= 2f + 3) is capped, and so is the default.
 */
export function multiKrum(options: {
  readonly attackers?: number
  readonly keep?: number
}): LinearStrategy {
  return {
    kind: 'linear',
    rows: CHANGES,
    decide: ({ updates }, gram) => {
      const attackers = largestAttackers('krum', updates.length, options.attackers)
      const keep = options.keep ?? Math.max(1, updates.length - attackers - 2)
      const scores = krumScores(gram, [...updates.keys()], attackers)
      const limit = scores.toSorted((a, b) => a - b)[Math.min(keep, scores.length) - 1] ?? 0
      const counted = Float64Array.from(scores, (score) => (score <= limit ? 1 : 0))
      return { model: meanBlend(counted), counted }
    },
  }
}
