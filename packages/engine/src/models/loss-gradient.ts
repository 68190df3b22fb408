import type { TrainingPlan } from '@fednode/protocol'
import type { Tensor } from '@tensorflow/tfjs-core'
import type { BackendName, Dataset } from '../types.ts'
import type { ModelPlan } from './model-plan.ts'

/** Rows that a loss is differentiated on: a whole batch or a shard of one. */
export type GradientBatch = {
  readonly data: Dataset
  readonly rows: Uint32Array
  /** Rows of the whole batch, which the loss is a mean over. */
  readonly batchRows: number
  /** From 1; with `shard` it seeds what Dropout lets through. */
  readonly step: number
  /** Number of the shard in its batch, from 0. */
  readonly shard: number
}

/** What some rows add to the mean loss of their batch, and to its gradient. */
export type LossGradient = {
  /** One per weight tensor and laid out as it; the caller's to dispose of. */
  readonly gradients: readonly Tensor[]
  /** To be called once: the number may still lie on the back end, and is freed there. */
  readLoss(): Promise<number>
}

/** Differentiates the loss of one model on the current back end. */
export type Gradient = {
  /** At weights that stay the caller's. */
  of(weights: readonly Tensor[], batch: GradientBatch): LossGradient
  dispose(): void
}

/** What a gradient is made for. */
export type GradientWork = {
  readonly backend: BackendName
  readonly model: ModelPlan
  /** `batchSize` is no more than there are rows. */
  readonly plan: TrainingPlan
  /** Seeds what Dropout lets through. */
  readonly seed: number
  /** One per class; undefined where all rows count alike. */
  readonly classWeights: Float64Array | undefined
  /** A tensor's values, wherever the back end keeps them. */
  readonly read: (tensor: Tensor) => Promise<Float32Array>
}
