import { AggregatorError } from '../aggregator-error.ts'
import { SLICE_VALUES } from '../slices/slice-values.ts'
import type { AggregationInput, ValueSource } from './types.ts'

/**
 * Refuses a model that is not finite, and says whose update is to blame if it is one.
 * @throws {AggregatorError} MODEL_NOT_FINITE.
 */
export function assertFinite(values: Float32Array, input: AggregationInput): void {
  if (values.every(Number.isFinite)) return
  const silo = input.updates.find((update) => !holdsFinite(update))?.silo
  if (silo === undefined) {
    const message = 'the new model is not finite though all updates are: a step is too large'
    throw new AggregatorError(message, { code: 'MODEL_NOT_FINITE' })
  }
  const message = `the update of ${silo} holds values that are not finite`
  throw new AggregatorError(message, { code: 'MODEL_NOT_FINITE', silo })
}

function holdsFinite(source: ValueSource): boolean {
  const slice = new Float32Array(Math.min(SLICE_VALUES, source.length))
  for (let start = 0; start < source.length; start += SLICE_VALUES) {
    const part = slice.subarray(0, Math.min(SLICE_VALUES, source.length - start))
    source.read(start, part)
    if (!part.every(Number.isFinite)) return false
  }
  return true
}
