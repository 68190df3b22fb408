import type { Objective } from '@fednode/protocol'
import * as tf from '@tensorflow/tfjs-core'
import { targetsOf } from '../../targets.ts'
import type { Dataset } from '../../types.ts'
import { classesLoss } from './classes-loss.ts'
import { riskLoss } from './risk-loss.ts'
import { valueLoss } from './value-loss.ts'

/** Mean loss of the outputs [rows, outputs] of a batch, differentiable. */
export type BatchLoss = (outputs: tf.Tensor2D) => tf.Scalar

/** Some rows of a data set, in the order in which they go through a model. */
export type Batch = {
  readonly data: Dataset
  /** For risks latest first. */
  readonly rows: Uint32Array
  /** Their scaled features. */
  readonly inputs: tf.Tensor
  /** One per class. */
  readonly classWeights: Float64Array | undefined
}

/** The loss of an objective on one batch. @throws {EngineError} SHAPE_MISMATCH when the data set has other targets. */
export function batchLoss(objective: Objective, batch: Batch): BatchLoss {
  const { data, rows, inputs, classWeights } = batch
  switch (objective.kind) {
    case 'classes':
      return classesLoss(targetsOf(data, 'classes'), rows, classWeights)
    case 'value':
      return valueLoss(targetsOf(data, 'value'), rows, objective.loss)
    case 'risk':
      return riskLoss(targetsOf(data, 'risk'), rows)
    case 'reconstruction':
      return (outputs) => {
        const wanted = tf.reshape(inputs, [rows.length, -1])
        return tf.mean(tf.squaredDifference(outputs, wanted))
      }
  }
}
