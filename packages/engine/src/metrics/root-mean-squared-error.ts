import { EngineError } from '../errors.ts'
import { classProbabilities } from './class-probabilities.ts'
import type { ClassScores } from './class-scores.ts'

/**
 * sqrt(mean (prediction - target)^2), for regression.
 * @throws {EngineError} EMPTY_INPUT without rows, SHAPE_MISMATCH when lengths differ.
 */
export function rootMeanSquaredError(predictions: Float64Array, targets: Float64Array): number {
  const count = targets.length
  if (predictions.length !== count)
    throw new EngineError(`${predictions.length} predictions for ${count} targets`, {
      code: 'SHAPE_MISMATCH',
      expected: `${count} predictions`,
      actual: `${predictions.length}`,
    })
  if (count === 0)
    throw new EngineError('No rows to compare', { code: 'EMPTY_INPUT', what: 'targets' })
  let sum = 0
  for (let i = 0; i < count; i++) sum += ((predictions[i] as number) - (targets[i] as number)) ** 2
  return Math.sqrt(sum / count)
}

/**
 * Root of the Brier score (Brier 1950): class probabilities against one-hot labels, sqrt(mean over rows of sum_c (p_c - y_c)^2), 0 to
 * sqrt(2); at least one row.
 */
export function rootBrierScore(scores: ClassScores): number {
  const { labels, classes } = scores
  const probabilities = new Float64Array(classes)
  let sum = 0
  labels.forEach((label, row) => {
    classProbabilities(scores, row, probabilities)
    for (let c = 0; c < classes; c++)
      sum += ((probabilities[c] as number) - (c === label ? 1 : 0)) ** 2
  })
  return Math.sqrt(sum / labels.length)
}
