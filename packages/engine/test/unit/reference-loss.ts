import type { ModelPlan } from '../../src/models/model-plan.ts'
import type { Dataset } from '../../src/types.ts'

const ACTIVATIONS = {
  linear: (x: number) => x,
  relu: (x: number) => Math.max(0, x),
  tanh: Math.tanh,
  sigmoid: (x: number) => 1 / (1 + Math.exp(-x)),
}

/** Logits of one row in f64, written as naively as can be. */
function logitsOf(plan: ModelPlan, weights: ArrayLike<number>, row: readonly number[]): number[] {
  return plan.layers.reduce(
    (inputs, layer) => {
      const { units, kernelOffset, biasOffset, useBias, activation } = layer
      return Array.from({ length: units }, (_, unit) => {
        let sum = useBias ? (weights[biasOffset + unit] as number) : 0
        inputs.forEach((input, i) => {
          sum += input * (weights[kernelOffset + i * units + unit] as number)
        })
        return ACTIVATIONS[activation](sum)
      })
    },
    [...row],
  )
}

/** Mean cross-entropy and accuracy over a data set in f64. */
export function referenceEvaluation(
  plan: ModelPlan,
  weights: ArrayLike<number>,
  data: Dataset,
): { loss: number; accuracy: number } {
  let loss = 0
  let correct = 0
  for (let r = 0; r < data.count; r++) {
    const row = [...data.features.subarray(r * plan.inputs, (r + 1) * plan.inputs)]
    const logits = logitsOf(
      plan,
      weights,
      row.map((x) => x * data.featureScale),
    )
    const label = data.labels[r] as number
    loss += Math.log(logits.reduce((sum, z) => sum + Math.exp(z), 0)) - (logits[label] as number)
    if (logits.indexOf(Math.max(...logits)) === label) correct++
  }
  return { loss: loss / data.count, accuracy: correct / data.count }
}

/** Gradient of the mean loss by central differences in f64. */
export function referenceGradient(
  plan: ModelPlan,
  weights: ArrayLike<number>,
  data: Dataset,
): number[] {
  const step = 1e-6
  const at = Float64Array.from(weights)
  return Array.from(at, (weight, i) => {
    at[i] = weight + step
    const above = referenceEvaluation(plan, at, data).loss
    at[i] = weight - step
    const below = referenceEvaluation(plan, at, data).loss
    at[i] = weight
    return (above - below) / (2 * step)
  })
}
