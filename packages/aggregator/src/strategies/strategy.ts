import type { Selection } from '../slices/create-selector.ts'
import type { AggregationInput, Blend, UpdateSource } from './types.ts'

/** Inner products of the rows of a coalition: its members in ascending silo order, then the centre if there is one. */
export type Gram = (i: number, j: number) => number

/** The updates of one coalition and what is known of them without looking at single values. */
export type Facts = Pick<AggregationInput, 'localLearningRate' | 'clients'> & {
  /** In ascending silo order. */
  readonly updates: readonly Pick<UpdateSource, 'silo' | 'samples' | 'steps'>[]
  /** Names of the state vectors that there are. */
  readonly states: ReadonlySet<string>
}

/** Which vectors a strategy wants the inner products of. */
export type RowPlan = {
  /**
   * The row of a silo is f32(factor * (x_i - base) + carry * h_i), where h_i is its state vector `${history}/${silo}`; the row is kept
   * under that name.
   */
  readonly weightsOf: (hasHistory: boolean) => { readonly factor: number; readonly carry: number }
  readonly history?: string
  /** A state vector that is one more row, when it is there. */
  readonly centre?: string
}

/** The row of a silo is its change. */
export const CHANGES: RowPlan = { weightsOf: () => ({ factor: 1, carry: 0 }) }

/** A sum of vectors, and how much each member counts in it. */
export type LinearDecision = {
  readonly model: Blend
  /** Not negative; need not sum to 1. */
  readonly counted: Float64Array
  /** State vectors for the next round. */
  readonly keep?: readonly (readonly [name: string, blend: Blend])[]
}

/** The new model is one sum of the updates, the base and state vectors. */
export type LinearStrategy = {
  readonly kind: 'linear'
  readonly rows?: RowPlan
  readonly decide: (facts: Facts, gram: Gram) => LinearDecision
}

/** Each value of the new model is made of the members' values at the same place. */
export type CoordinateStrategy = {
  readonly kind: 'coordinate'
  readonly rows?: RowPlan
  /** `members` are indexes of facts.updates, ascending. */
  readonly decide: (
    facts: Facts,
    gram: Gram,
  ) => { readonly members: readonly number[]; readonly selection: Selection }
}

/** The server makes a step of an adaptive optimizer along the mean change. */
export type AdaptiveStrategy = {
  readonly kind: 'adaptive'
  readonly weightsOf: (facts: Facts) => Float64Array
  readonly optimizer: AdaptiveOptimizer
}

/** x += rate * m / (sqrt(v) + adaptivity) with m and v of Reddi et al. 2021 (arXiv 2003.00295), Algorithm 2. */
export type AdaptiveOptimizer = {
  readonly rate: number
  readonly beta1: number
  readonly adaptivity: number
  /** The next v of the last one and the squared mean change. */
  readonly nextSecond: (second: number, square: number) => number
}

/** A way to make one model of many updates. */
export type Strategy = LinearStrategy | CoordinateStrategy | AdaptiveStrategy

/** The options of one method. */
export type OptionsOf<Name extends string, Spec> = Spec extends { readonly name: infer N }
  ? Name extends N
    ? Omit<Spec, 'name'>
    : never
  : never
