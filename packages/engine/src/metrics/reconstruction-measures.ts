import type { Measures } from './measures.ts'

/**
 * What can be said of rows that a model gave back; the loss is the mean squared error over all their features.
 * @param errors - of every row, see reconstructionErrors.
 */
export function reconstructionMeasures(errors: Float64Array): Measures {
  const loss = errors.reduce((sum, error) => sum + error, 0) / errors.length
  const metrics = { rmse: () => Math.sqrt(loss) }
  return {
    loss,
    metrics,
    utilities: { 'negative-loss': () => -loss, 'negative-rmse': () => -metrics.rmse() },
  }
}
