import * as tf from '@tensorflow/tfjs-core'
import { EngineError } from '../errors.ts'
import { checkFinite } from './check-model-input.ts'
import type { ModelPlan } from './model-plan.ts'

/** What an aggregation strategy adds to the gradient of every local step. */
export type ClientTerms = {
  /** mu: adds mu * (w - w_start) (FedProx, Li et al. 2018, arXiv 1812.06127, section 3.2). Absent or 0: nothing. */
  readonly proximal?: number | undefined
  /** Adds these numbers, one per weight in the order of the model (SCAFFOLD: c - c_i). */
  readonly correction?: Float32Array | undefined
}

/** Adds the terms to steps or gradients of one layout; the tensors of the terms live until dispose(). */
export type StepTerms = {
  /** Inside of tf.tidy; one tensor per weight tensor. */
  addTo<T extends tf.Tensor>(steps: readonly T[], weights: readonly T[]): readonly T[]
  dispose(): void
}

/**
 * @param start - the weights that training begins with; they stay the caller's.
 * @param options - `rate` is what gradients are multiplied by in what is added to: the learning rate for whole steps, 1 for gradients.
 * `corrections` are laid out as the weights and become the terms' own.
 */
export function createStepTerms(
  start: readonly tf.Tensor[],
  options: {
    readonly rate: number
    readonly proximal: number | undefined
    readonly corrections: readonly tf.Tensor[] | undefined
  },
): StepTerms {
  const { rate, proximal = 0, corrections = [] } = options
  // Clones share the data: holding the start costs nothing until the weights move away from it.
  const anchors = proximal === 0 ? [] : start.map((tensor) => tensor.clone())
  const constants = scaledBy(corrections, rate)
  return {
    addTo: <T extends tf.Tensor>(steps: readonly T[], weights: readonly T[]) =>
      steps.map((step, i) => {
        const anchor = anchors[i]
        const constant = constants[i]
        const pull = anchor && tf.mul(tf.sub(weights[i] as T, anchor), rate * proximal)
        const pulled = pull === undefined ? step : tf.add<T>(step, pull)
        return constant === undefined ? pulled : tf.add<T>(pulled, constant)
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

function scaledBy(tensors: readonly tf.Tensor[], rate: number): readonly tf.Tensor[] {
  if (rate === 1) return tensors
  const scaled = tensors.map((tensor) => tf.tidy(() => tf.mul(tensor, rate)))
  tf.dispose([...tensors])
  return scaled
}
