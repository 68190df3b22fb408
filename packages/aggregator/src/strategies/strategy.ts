import type { AggregationInput, Blend, UpdateSource } from './types.ts'

/** The updates of one coalition and what is known of them without looking at single values. */
export type Facts = Pick<AggregationInput, 'localLearningRate' | 'clients'> & {
  /** In ascending silo order. */
  readonly updates: readonly Pick<UpdateSource, 'silo' | 'samples' | 'steps'>[]
  /** Names of the state vectors that there are. */
  readonly states: ReadonlySet<string>
}

/** Makes the new model as one sum of vectors. */
export type LinearStrategy = {
  readonly kind: 'linear'
  readonly decide: (facts: Facts) => LinearDecision
}

export type LinearDecision = {
  readonly model: Blend
  /** State vectors for the next round. */
  readonly keep?: readonly (readonly [name: string, blend: Blend])[]
}

/** A way to make one model of many updates. */
export type Strategy = LinearStrategy
