import type { ClassScores } from './class-scores.ts'

/**
 * Log-odds of one class against all others, per row: l_c - log(sum of exp(l_j) over the others). Ranks rows as their probability does, but
 * without rounding to 1; for two classes exactly the difference of the logits.
 */
export function logOdds({ logits, labels, classes }: ClassScores, label: number): Float64Array {
  const odds = new Float64Array(labels.length)
  for (let row = 0; row < odds.length; row++) {
    const start = row * classes
    let max = Number.NEGATIVE_INFINITY
    for (let c = 0; c < classes; c++)
      if (c !== label) max = Math.max(max, logits[start + c] as number)
    let total = 0
    for (let c = 0; c < classes; c++)
      if (c !== label) total += Math.exp((logits[start + c] as number) - max)
    odds[row] = (logits[start + label] as number) - max - Math.log(total)
  }
  return odds
}
