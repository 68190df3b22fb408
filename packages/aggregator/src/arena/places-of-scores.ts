/** TaskRegistry's highest score; above it stands that nobody scored. */
const MAX_SCORE = 10_000

/**
 * The place of each model by its consensus, 1 for the best, as the TaskRegistry ranks: of equal ones the earlier, and no place (undefined)
 * for a score of zero or none at all, which earn nothing.
 */
export function placesOfScores(scores: readonly number[]): readonly (number | undefined)[] {
  const ranked = [...scores.entries()]
    .filter(([, score]) => score > 0 && score <= MAX_SCORE)
    // Sorting is stable: equal ones stay in their order.
    .sort(([, a], [, b]) => b - a)
    .map(([model]) => model)
  return scores.map((_, model) => {
    const at = ranked.indexOf(model)
    return at < 0 ? undefined : at + 1
  })
}
