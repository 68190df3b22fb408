import type { Features } from '../types.ts'
import type { Measures } from './measures.ts'
import { reconstructionErrors } from './reconstruction-errors.ts'

/** What can be said of rows that a model gave back; the loss is the mean squared error over all their features. */
export function reconstructionMeasures(outputs: Float32Array, rows: Features): Measures {
  const errors = reconstructionErrors(outputs, rows)
  const loss = errors.reduce((sum, error) => sum + error, 0) / errors.length
  const metrics = { rmse: () => Math.sqrt(loss) }
  return {
    loss,
    metrics,
    utilities: { 'negative-loss': () => -loss, 'negative-rmse': () => -metrics.rmse() },
  }
}
