import { sizeOf, type TensorSpec, type Weights } from '@fednode/protocol'
import { EngineError } from '../errors.ts'
import type { Dataset } from '../types.ts'
import type { ModelPlan } from './model-plan.ts'

/** @throws {EngineError} SHAPE_MISMATCH unless names, shapes and length are those of the model. */
export function checkWeights(plan: ModelPlan, weights: Weights): void {
  const expected = describe(plan.specs)
  const actual = describe(weights.specs)
  if (expected !== actual) throw mismatch(expected, actual)
  if (weights.values.length !== plan.size)
    throw mismatch(`${plan.size} values`, `${weights.values.length} values`)
}

/** @throws {EngineError} SHAPE_MISMATCH or EMPTY_INPUT unless the data set fits the model. */
export function checkDataset(plan: ModelPlan, data: Dataset): void {
  const width = sizeOf(data.featureShape)
  if (data.count < 1)
    throw new EngineError('The data set has no rows', { code: 'EMPTY_INPUT', what: 'data set' })
  if (width !== plan.inputs) throw mismatch(`${plan.inputs} features`, `${width} features`)
  if (data.classes !== plan.classes)
    throw mismatch(`${plan.classes} classes`, `${data.classes} classes`)
  if (data.features.length !== data.count * width)
    throw mismatch(`${data.count * width} feature values`, `${data.features.length}`)
  if (data.labels.length !== data.count)
    throw mismatch(`${data.count} labels`, `${data.labels.length} labels`)
  for (const label of data.labels)
    if (label < 0 || label >= data.classes)
      throw mismatch(`labels 0 to ${data.classes - 1}`, `label ${label}`)
}

/** @throws {EngineError} NOT_FINITE when a value is NaN or infinite. */
export function checkFinite(values: Float32Array | Float64Array, what: string): void {
  for (let i = 0; i < values.length; i++)
    if (!Number.isFinite(values[i]))
      throw new EngineError(`${what}: value ${i} is ${values[i]}`, { code: 'NOT_FINITE', what })
}

function describe(specs: readonly TensorSpec[]): string {
  return specs.map((spec) => `${spec.name}[${spec.shape.join(',')}]`).join(' ')
}

function mismatch(expected: string, actual: string): EngineError {
  return new EngineError(`Shapes differ: expected ${expected}, got ${actual}`, {
    code: 'SHAPE_MISMATCH',
    expected,
    actual,
  })
}
