import fc from 'fast-check'
import type { ClassScores } from '../../../src/metrics/class-scores.ts'

/** Scores of 1 to 40 rows; logits from few values, so that ties are common. Some classes may have no row. */
export function arbitraryScores(classes: number): fc.Arbitrary<ClassScores> {
  const logit = fc.integer({ min: -6, max: 6 }).map((value) => value / 2)
  const row = fc.record({
    logits: fc.array(logit, { minLength: classes, maxLength: classes }),
    label: fc.integer({ min: 0, max: classes - 1 }),
  })
  return fc.array(row, { minLength: 1, maxLength: 40 }).map((rows) => ({
    logits: Float32Array.from(rows.flatMap(({ logits }) => logits)),
    labels: Int32Array.from(rows, ({ label }) => label),
    classes,
  }))
}

/** Class probabilities of each row, written as naively as can be. */
export function probabilitiesOf({ logits, labels, classes }: ClassScores): number[][] {
  return Array.from(labels, (_, row) => {
    const powers = [...logits.subarray(row * classes, (row + 1) * classes)].map(Math.exp)
    const total = powers.reduce((sum, power) => sum + power, 0)
    return powers.map((power) => power / total)
  })
}
