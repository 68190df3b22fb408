import type { Weights } from '@fednode/protocol'
import { classProbabilities } from './metrics/class-probabilities.ts'
import { reconstructionErrors } from './metrics/reconstruction-errors.ts'
import { checkFinite } from './models/check-model-input.ts'
import type { ModelPlan } from './models/model-plan.ts'
import { runModel } from './run-model.ts'
import type { Features } from './types.ts'

/** Rows to predict for, and the scale of what is predicted. */
export type PredictionTask = {
  readonly plan: ModelPlan
  readonly rows: Features
  readonly scale: { readonly mean: number; readonly deviation: number } | undefined
}

/** See Engine.predict; on the current back end. */
export function predictRows(weights: Weights, { plan, rows, scale }: PredictionTask): Float64Array {
  const outputs = runModel(plan, weights, rows)
  checkFinite(outputs, 'predictions')
  switch (plan.objective.kind) {
    case 'classes':
      return probabilitiesOf(outputs, plan.objective.classes)
    case 'value': {
      const { mean, deviation } = scale ?? { mean: 0, deviation: 1 }
      return Float64Array.from(outputs, (value) => mean + deviation * value)
    }
    case 'risk':
      return Float64Array.from(outputs)
    case 'reconstruction':
      return reconstructionErrors(outputs, rows)
  }
}

function probabilitiesOf(logits: Float32Array, classes: number): Float64Array {
  const probabilities = new Float64Array(logits.length)
  for (let row = 0; row < logits.length / classes; row++) {
    const target = probabilities.subarray(row * classes, (row + 1) * classes)
    classProbabilities({ logits, classes }, row, target)
  }
  return probabilities
}
