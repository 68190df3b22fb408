import type { TrainingPlan } from '@fednode/protocol'
import type { Tensor } from '@tensorflow/tfjs-core'
import type { BackendName, Dataset } from '../types.ts'
import type { ClientTerms } from './client-terms.ts'
import { createLayerTrainer } from './layer-trainer.ts'
import type { ModelPlan } from './model-plan.ts'
import { createStackTrainer } from './stack-trainer.ts'

/** Steps on one model's weights; tensors live on the current back end until dispose(). */
export type Trainer = {
  /**
   * One step on the given rows of `data`; neither is read after the promise is settled, and `data` may be other rows in every step.
   * @returns their mean loss before the step.
   */
  step(rows: Uint32Array, data: Dataset): Promise<number>
  /** A copy of the current weights, in the order of the model. */
  weights(): Promise<Float32Array>
  dispose(): void
}

/** What a trainer works on; checked by the caller. */
export type TrainingWork = ClientTerms & {
  readonly backend: BackendName
  readonly model: ModelPlan
  /** The weights to begin with, in the order of the model. */
  readonly values: Float32Array
  /** Of all rows that a pass may go over. */
  readonly data: Pick<Dataset, 'count' | 'targets'>
  /** `batchSize` is no more than there are rows. */
  readonly plan: TrainingPlan
  /** Seeds what Dropout lets through. */
  readonly seed: number
  /** A tensor's values, wherever the back end keeps them. */
  readonly read: (tensor: Tensor) => Promise<Float32Array>
}

/** A trainer on the current back end: written out where there is code for the model and plan, by automatic differentiation otherwise. */
export function createTrainer(work: TrainingWork): Trainer {
  const { stack } = work.model
  if (stack !== undefined && !needsGradients(work)) return createStackTrainer(stack.dense, work)
  return createLayerTrainer(work)
}

/** Whether training goes by automatic differentiation, for which loadGradients() has to be called first. */
export function needsGradients({
  model,
  plan,
  backend,
}: Pick<TrainingWork, 'model' | 'plan' | 'backend'>): boolean {
  const { stack, objective, adaptation } = model
  const { optimizer, momentum = 0, weightDecay = 0, classWeights } = plan
  const isPlain = optimizer === 'sgd' && momentum === 0 && weightDecay === 0
  const isWritten = isPlain && classWeights === undefined && objective.kind === 'classes'
  // The written-out code reads every batch's logits at once, which memory of a GPU is too far away for.
  const isNear = backend === 'wasm' || backend === 'cpu'
  const isWhole = adaptation === undefined
  return !(stack !== undefined && stack.spatial.length === 0 && isWritten && isNear && isWhole)
}
