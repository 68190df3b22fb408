import { classProbabilities } from './class-probabilities.ts'
import type { ClassScores } from './class-scores.ts'

/** As in Guo et al. 2017. */
const BINS = 15

/**
 * Expected calibration error (Guo et al. 2017, arXiv 1706.04599, eq. 3): rows in 15 equal bins of the probability of their most probable
 * class, upper ends included; the mean over rows of the difference between a bin's accuracy and its mean probability. 0 to 1.
 */
export function calibrationError(scores: ClassScores): number {
  const { labels, classes } = scores
  const probabilities = new Float64Array(classes)
  const surplus = new Float64Array(BINS)
  labels.forEach((label, row) => {
    classProbabilities(scores, row, probabilities)
    const most = probabilities.reduce((max, p) => Math.max(max, p), 0)
    const bin = Math.max(0, Math.ceil(most * BINS) - 1)
    const hit = probabilities.indexOf(most) === label ? 1 : 0
    surplus[bin] = (surplus[bin] as number) + hit - most
  })
  return surplus.reduce((sum, value) => sum + Math.abs(value), 0) / labels.length
}
