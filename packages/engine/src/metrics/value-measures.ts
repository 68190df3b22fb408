import type { Objective } from '@fednode/protocol'
import type { TargetsOf } from '../targets.ts'
import type { Measures } from './measures.ts'

type Loss = Extract<Objective, { kind: 'value' }>['loss']

const PENALTIES: Readonly<Record<Loss, (size: number) => number>> = {
  mse: (size) => size * size,
  mae: (size) => size,
  huber: (size) => (size <= 1 ? (size * size) / 2 : size - 1 / 2),
}

/**
 * What can be said of a regression's outputs, one a row and at least one; the loss is in the unit that the model learns in, RMSE and MAE in
 * the label's own.
 */
export function valueMeasures(
  outputs: Float32Array,
  { values, scale }: TargetsOf<'value'>,
  loss: Loss,
): Measures {
  const sizes = Float64Array.from(values, (value, row) =>
    Math.abs((outputs[row] as number) - value),
  )
  const mean = (penalty: (size: number) => number): number =>
    sizes.reduce((sum, size) => sum + penalty(size), 0) / sizes.length
  const metrics = {
    rmse: () => scale.deviation * Math.sqrt(mean(PENALTIES.mse)),
    mae: () => scale.deviation * mean(PENALTIES.mae),
  }
  const value = mean(PENALTIES[loss])
  return {
    loss: value,
    metrics,
    utilities: {
      'negative-loss': () => -value,
      'negative-rmse': () => -metrics.rmse(),
      'negative-mae': () => -metrics.mae(),
    },
  }
}
