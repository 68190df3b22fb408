import type { CoalitionModel } from '@fednode/engine'
import type { Weights } from '@fednode/protocol'
import type { UpdateSource, ValueSource } from '../strategies/types.ts'

/** Weights summed at a time. */
const SLICE_ELEMENTS = 65_536

/** All values of a vector. */
export function readAll(source: ValueSource): Float32Array {
  const values = new Float32Array(source.length)
  source.read(0, values)
  return values
}

/**
 * The weights of a coalition's model, written out: base + sum_i c_i (x_i - base), sums in f64 in the order of the updates, one rounding.
 */
export function wholeModel(
  model: CoalitionModel,
  { base, updates }: { readonly base: Weights; readonly updates: readonly UpdateSource[] },
): CoalitionModel {
  if (model.kind === 'weights') return model
  const { coefficients } = model
  const values = new Float32Array(base.values.length)
  const part = new Float32Array(Math.min(SLICE_ELEMENTS, values.length))
  for (let start = 0; start < values.length; start += part.length) {
    const from = base.values.subarray(start, start + part.length)
    const sums = Float64Array.from(from)
    updates.forEach((update, i) => {
      const coefficient = coefficients[i] ?? 0
      if (coefficient === 0) return
      const slice = part.subarray(0, sums.length)
      update.read(start, slice)
      addChange(sums, { slice, from, coefficient })
    })
    values.set(sums, start)
  }
  return { kind: 'weights', values }
}

function addChange(
  sums: Float64Array,
  term: {
    readonly slice: Float32Array
    readonly from: Float32Array
    readonly coefficient: number
  },
): void {
  const { slice, from, coefficient } = term
  for (let i = 0; i < sums.length; i++) {
    sums[i] = (sums[i] ?? 0) + coefficient * ((slice[i] ?? 0) - (from[i] ?? 0))
  }
}
