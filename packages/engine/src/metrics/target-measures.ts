import type { Objective } from '@fednode/protocol'
import { targetsOf } from '../targets.ts'
import type { Dataset } from '../types.ts'
import { classMeasures } from './class-measures.ts'
import type { Measures } from './measures.ts'
import { riskMeasures } from './risk-measures.ts'
import { valueMeasures } from './value-measures.ts'

/** Objectives whose targets are not the features themselves. */
export type TargetObjective = Exclude<Objective, { readonly kind: 'reconstruction' }>

/**
 * What can be said of outputs [count, outputs], of a classifier its logits, beside what was to be predicted.
 * @throws {EngineError} SHAPE_MISMATCH when the targets are of another kind.
 */
export function targetMeasures(
  outputs: Float32Array,
  objective: TargetObjective,
  data: Pick<Dataset, 'targets'>,
): Measures {
  switch (objective.kind) {
    case 'classes': {
      const { labels, classes } = targetsOf(data, 'classes')
      return classMeasures({ logits: outputs, labels, classes })
    }
    case 'value':
      return valueMeasures(outputs, targetsOf(data, 'value'), objective.loss)
    case 'risk':
      return riskMeasures(outputs, targetsOf(data, 'risk'))
  }
}
