import * as tf from '@tensorflow/tfjs-core'
import { EngineError } from '../errors.ts'
import { toTransposed } from './augmented-weights.ts'
import { checkFinite } from './check-model-input.ts'
import type { ModelPlan } from './model-plan.ts'

/** What an aggregation strategy adds to the gradient of every local step. */
export type ClientTerms = {
  /** mu: adds mu * (w - w_start) (FedProx, Li et al. 2018, arXiv 1812.06127, section 3.2). Absent or 0: nothing. */
  readonly proximal?: number | undefined
  /** Adds these numbers, one per weight in the order of the model (SCAFFOLD: c - c_i). */
  readonly correction?: Float32Array | undefined
}

/** Adds the terms to steps that are already scaled by the learning rate; the tensors of the terms live until dispose(). */
export type StepTerms = {
  /** Inside of tf.tidy; tensors per layer, transposed as in the trainer. */
  addTo(steps: readonly tf.Tensor2D[], weights: readonly tf.Tensor2D[]): readonly tf.Tensor2D[]
  dispose(): void
}

/** @param start - the weights that training begins with, per layer; they stay the caller's. */
export function createStepTerms(
  model: ModelPlan,
  start: readonly tf.Tensor2D[],
  { proximal = 0, correction, learningRate }: ClientTerms & { readonly learningRate: number },
): StepTerms {
  // Clones share the data: holding the start costs nothing until the weights move away from it.
  const anchors = proximal === 0 ? [] : start.map((tensor) => tf.keep(tensor.clone()))
  const constants = correction === undefined ? [] : correctionSteps(model, correction, learningRate)
  return {
    addTo: (steps, weights) =>
      steps.map((step, i) => {
        const anchor = anchors[i]
        const constant = constants[i]
        const pull =
          anchor && tf.mul(tf.sub(weights[i] as tf.Tensor2D, anchor), learningRate * proximal)
        const pulled = pull === undefined ? step : tf.add<tf.Tensor2D>(step, pull)
        return constant === undefined ? pulled : tf.add<tf.Tensor2D>(pulled, constant)
      }),
    dispose() {
      for (const tensor of [...anchors, ...constants]) tensor.dispose()
    },
  }
}

/** @throws {EngineError} BAD_PLAN, SHAPE_MISMATCH, NOT_FINITE. */
export function checkClientTerms(model: ModelPlan, { proximal, correction }: ClientTerms): void {
  if (proximal !== undefined && !(proximal >= 0 && Number.isFinite(proximal))) {
    const reason = `proximal term ${proximal} is not a number from 0 up`
    throw new EngineError(`Training plan: ${reason}`, { code: 'BAD_PLAN', reason })
  }
  if (correction === undefined) return
  if (correction.length !== model.size)
    throw new EngineError('The correction does not fit the model', {
      code: 'SHAPE_MISMATCH',
      expected: `${model.size} values`,
      actual: `${correction.length} values`,
    })
  checkFinite(correction, 'correction of the gradient')
}

function correctionSteps(
  model: ModelPlan,
  correction: Float32Array,
  learningRate: number,
): tf.Tensor2D[] {
  return tf.tidy(() =>
    model.layers.map((layer) =>
      tf.keep(tf.mul<tf.Tensor2D>(toTransposed(layer, correction), learningRate)),
    ),
  )
}
