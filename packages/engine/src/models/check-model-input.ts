import { sizeOf, type TensorSpec, type Weights } from '@fednode/protocol'
import { EngineError } from '../errors.ts'
import { targetsOf } from '../targets.ts'
import type { Features, StreamedFeatures, TrainingRows } from '../types.ts'
import type { ModelPlan } from './model-plan.ts'

/** @throws {EngineError} SHAPE_MISMATCH unless names, shapes and length are those of the model. */
export function checkWeights(plan: ModelPlan, weights: Weights): void {
  const expected = describe(plan.specs)
  const actual = describe(weights.specs)
  if (expected !== actual) throw mismatch(expected, actual)
  if (weights.values.length !== plan.size)
    throw mismatch(`${plan.size} values`, `${weights.values.length} values`)
}

/** @throws {EngineError} SHAPE_MISMATCH or EMPTY_INPUT unless the rows fit the model. */
export function checkFeatures(plan: ModelPlan, rows: Features | StreamedFeatures): void {
  const width = sizeOf(rows.featureShape)
  if (rows.count < 1)
    throw new EngineError('The data set has no rows', { code: 'EMPTY_INPUT', what: 'data set' })
  if (width !== plan.inputs) throw mismatch(`${plan.inputs} features`, `${width} features`)
  const [values, of] =
    'features' in rows ? [rows.features.length, rows.count * width] : [rows.file.width, width]
  if (values !== of) throw mismatch(`${of} feature values`, `${values}`)
  if ('features' in rows) checkTokens(plan, rows.features)
}

/** @throws {EngineError} SHAPE_MISMATCH or EMPTY_INPUT unless the data set fits the model. */
export function checkDataset(plan: ModelPlan, data: TrainingRows): void {
  checkFeatures(plan, data)
  checkTargets(plan, data)
  const { groups, count } = data
  if (groups !== undefined) checkLength(groups, count, 'groups')
}

function checkTargets({ objective }: ModelPlan, data: TrainingRows): void {
  const { count } = data
  switch (objective.kind) {
    case 'classes': {
      const { labels, classes } = targetsOf(data, 'classes')
      if (classes !== objective.classes)
        throw mismatch(`${objective.classes} classes`, `${classes} classes`)
      checkLength(labels, count, 'labels')
      for (const label of labels)
        if (label < 0 || label >= classes)
          throw mismatch(`labels 0 to ${classes - 1}`, `label ${label}`)
      return
    }
    case 'value':
      checkLength(targetsOf(data, 'value').values, count, 'values')
      return
    case 'risk': {
      const { times, observed } = targetsOf(data, 'risk')
      checkLength(times, count, 'times')
      checkLength(observed, count, 'events')
      return
    }
    case 'reconstruction':
      targetsOf(data, 'reconstruction')
  }
}

/**
 * What is looked up has to be there: a row that an Embedding does not have would train nothing or read anything. Features in a file are
 * checked where they are read.
 * @throws {EngineError} SHAPE_MISMATCH.
 */
export function checkTokens({ layers }: ModelPlan, features: Features['features']): void {
  const embedding = layers.find(({ spec }) => spec.className === 'Embedding')?.spec
  if (embedding?.className !== 'Embedding') return
  const { inputDim } = embedding.config
  for (const token of features)
    if (!Number.isInteger(token) || token < 0 || token >= inputDim)
      throw mismatch(`token ids 0 to ${inputDim - 1}`, `token id ${token}`)
}

function checkLength(values: ArrayLike<number>, count: number, what: string): void {
  if (values.length !== count) throw mismatch(`${count} ${what}`, `${values.length} ${what}`)
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
