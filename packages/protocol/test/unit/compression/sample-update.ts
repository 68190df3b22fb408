import fc from 'fast-check'
import { countValues, type TensorSpec, type Weights } from '../../../src/codec/weights.ts'

/** A kernel of two inputs and three units, a bias, and a tensor of no dimension: 10 weights. */
export const SPECS: readonly TensorSpec[] = [
  { name: 'dense_1/kernel', shape: [2, 3] },
  { name: 'dense_1/bias', shape: [3] },
  { name: 'gain', shape: [] },
]

/** Weights of SPECS; what is not given is 0. */
export function weightsOf(...values: readonly number[]): Weights {
  const all = new Float32Array(countValues(SPECS))
  all.set(values)
  return { specs: SPECS, values: all }
}

/** Finite weights of SPECS of magnitude at most `max`. */
export function anyWeights(max: number): fc.Arbitrary<Weights> {
  const length = countValues(SPECS)
  return fc
    .float32Array({ minLength: length, maxLength: length, min: -max, max, noNaN: true })
    .map((values) => ({ specs: SPECS, values }))
}
