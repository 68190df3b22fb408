import { adaptiveModel } from './adaptive-model.ts'
import { coordinateModel } from './coordinate-model.ts'
import { linearModel } from './linear-model.ts'
import type { Gram, Strategy } from './strategy.ts'
import type { AggregationInput, ValueSink } from './types.ts'
import type { Workbench } from './workbench.ts'

/** A model that is about to be computed. */
export type PlannedModel = {
  /** How much each update counts, not normalised. */
  readonly counted: Float64Array
  /** The model's values [start, start + count), valid until the next call; slices are asked for in ascending order. */
  readonly slice: (start: number, count: number) => Float32Array
}

/** What a strategy is carried out with. */
export type Parts = {
  /** Checked; for a coalition, its updates only. */
  readonly input: AggregationInput
  /** Of these updates; not looked at by a strategy that plans no rows. */
  readonly gram: Gram
  readonly workbench: Workbench
  /** Where the state of the next round goes; absent: it is not computed. */
  readonly keep?: (name: string) => ValueSink
}

/** Plans the model that a strategy makes of these updates. */
export function modelOf(strategy: Strategy, parts: Parts): PlannedModel {
  switch (strategy.kind) {
    case 'linear':
      return linearModel(strategy, parts)
    case 'coordinate':
      return coordinateModel(strategy, parts)
    case 'adaptive':
      return adaptiveModel(strategy, parts)
  }
}
