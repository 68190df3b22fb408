import type { Adaptation } from './adaptation.ts'
import { classesOf, featureShapeOf } from './feature-shape.ts'
import type { Objective } from './objective.ts'
import type { ModelTopology } from './topology-types.ts'
import type { Manifest } from './types.ts'

/** What a model is: its topology, what goes in, and what it learns. */
export type ModelSpec = {
  readonly topology: ModelTopology
  /** Shape of one row. */
  readonly featureShape: readonly number[]
  readonly objective: Objective
  /** What of a given model is trained; absent: all of it. */
  readonly adaptation?: Adaptation
}

/** The whole model of a federation. */
export function modelSpecOf({ model, data, task, training }: Manifest): ModelSpec {
  return {
    topology: model,
    featureShape: featureShapeOf(data),
    objective: objectiveOf({ task, data, ...training }),
  }
}

/** What a task learns from data. */
function objectiveOf({
  task,
  data,
  loss = 'mse',
}: Pick<Manifest, 'task' | 'data'> & Pick<Manifest['training'], 'loss'>): Objective {
  switch (task) {
    case 'classification':
      return { kind: 'classes', classes: classesOf(data).length }
    case 'regression':
      return { kind: 'value', loss }
    case 'survival':
      return { kind: 'risk' }
    case 'anomaly':
      return { kind: 'reconstruction' }
  }
}
