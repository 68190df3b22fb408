import { krumScores } from './krum-scores.ts'
import { largestAttackers } from './largest-attackers.ts'
import { CHANGES, type CoordinateStrategy, type Gram } from './strategy.ts'

/**
 * Chooses n - 2f updates with Krum, one after the other, then averages per coordinate the n - 4f values nearest to their median (Bulyan
 * of Krum, El Mhamdi et al. 2018, arXiv 1802.07927, section 4). Equal scores: the first in silo order.
 * @param options.attackers - f; more than n permits (n >= 4f + 3) is capped, and so is the default.
 */
export function bulyan(options: { readonly attackers?: number }): CoordinateStrategy {
  return {
    kind: 'coordinate',
    rows: CHANGES,
    decide: ({ updates }, gram) => {
      const attackers = largestAttackers('bulyan', updates.length, options.attackers)
      const chosen = updates.length - 2 * attackers
      return {
        members: chooseByKrum({ gram, rows: [...updates.keys()], attackers }, chosen),
        selection: { kind: 'near-median', keep: chosen - 2 * attackers },
      }
    },
  }
}

type Candidates = {
  readonly gram: Gram
  readonly rows: readonly number[]
  readonly attackers: number
}

/** Takes the row of the best score out of the candidates, `count` times. */
function chooseByKrum({ gram, rows, attackers }: Candidates, count: number): number[] {
  const left = [...rows]
  const chosen: number[] = []
  while (chosen.length < count) {
    const scores = krumScores(gram, left, attackers)
    const best = scores.indexOf(Math.min(...scores))
    chosen.push(...left.splice(best, 1))
  }
  return chosen.sort((a, b) => a - b)
}
