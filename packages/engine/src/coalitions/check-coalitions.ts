import type { Weights } from '@fednode/protocol'
import { EngineError } from '../errors.ts'
import { checkDataset, checkFinite, checkWeights } from '../models/check-model-input.ts'
import type { ModelPlan } from '../models/model-plan.ts'
import type { CoalitionModel, Dataset } from '../types.ts'

/** @throws {EngineError} SHAPE_MISMATCH, EMPTY_INPUT, NOT_FINITE unless base, updates and data fit the model. */
export function checkCoalitionInput(
  plan: ModelPlan,
  input: {
    readonly base: Weights
    readonly updates: readonly Weights[]
    readonly data: Dataset
  },
): void {
  checkDataset(plan, input.data)
  checkWeights(plan, input.base)
  checkFinite(input.base.values, 'base')
  for (const [i, update] of input.updates.entries()) {
    checkWeights(plan, update)
    checkFinite(update.values, `update ${i}`)
  }
}

/** @throws {EngineError} SHAPE_MISMATCH, NOT_FINITE unless a model fits the plan and the updates. */
export function checkCoalitionModel(
  model: CoalitionModel,
  expected: { readonly plan: ModelPlan; readonly updates: number },
): void {
  const [what, actual, wanted] =
    model.kind === 'weights'
      ? ['values', model.values.length, expected.plan.size]
      : ['coefficients', model.coefficients.length, expected.updates]
  if (actual !== wanted)
    throw new EngineError(`A coalition's model has ${actual} ${what}, not ${wanted}`, {
      code: 'SHAPE_MISMATCH',
      expected: `${wanted} ${what}`,
      actual: `${actual} ${what}`,
    })
  const numbers = model.kind === 'weights' ? model.values : model.coefficients
  checkFinite(numbers, `${what} of a coalition's model`)
}
