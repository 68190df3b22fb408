import * as tf from '@tensorflow/tfjs-core'
import { activateBackend } from '../backends/start-backend.ts'
import {
  disposeModel,
  type LoadedModel,
  loadLayer,
  loadModel,
  logitsOf,
} from '../models/forward.ts'
import type { ModelPlan } from '../models/model-plan.ts'
import { featureTensor, type RowRange, rowBatches } from '../models/row-batches.ts'
import type { CoalitionModel, Dataset, EvaluationBackend } from '../types.ts'
import { combineWeights, type Terms } from './combine-weights.ts'
import { combineSums, firstLayerSums } from './first-layer-sums.ts'

/** Everything that models of coalitions are made of and run on; checked by the caller. */
export type CoalitionTask = Terms & {
  readonly backend: EvaluationBackend
  readonly plan: ModelPlan
  readonly data: Dataset
  /** See keepsFirstLayerSums. */
  readonly keepsSums: boolean
}

/** Runs models of coalitions over the rows of one data set, on the thread that it was created on. */
export type CoalitionRunner = {
  /**
   * Logits [rows, classes] of one model; undefined when it was not to go on.
   * @param goesOn - asked before every batch of rows.
   */
  logits(
    model: CoalitionModel,
    goesOn: () => boolean | Promise<boolean>,
  ): Promise<Float32Array | undefined>
  dispose(): void
}

/** Creates a runner on a started back end. */
export function createCoalitionRunner(task: CoalitionTask): CoalitionRunner {
  const { backend, plan, data } = task
  activateBackend(backend)
  const batches = rowBatches(plan, data.count)
  const sums = task.keepsSums ? firstLayerSums(plan, task, data) : []
  return {
    async logits(model, goesOn) {
      activateBackend(backend)
      const isFromSums = task.keepsSums && model.kind === 'combination'
      const loaded = isFromSums ? loadAbove(task, model.coefficients) : loadWhole(task, model)
      const logits = new Float32Array(data.count * plan.classes)
      const activations = (range: RowRange, batch: number): tf.Tensor2D =>
        isFromSums
          ? combineSums(plan, sums[batch] as tf.Tensor2D, model.coefficients)
          : featureTensor(data, range)
      try {
        for (const [batch, range] of batches.entries()) {
          if (!(await goesOn())) return undefined
          activateBackend(backend)
          tf.tidy(() => {
            const last = logitsOf(loaded, activations(range, batch))
            logits.set(last.dataSync<'float32'>(), range.start * plan.classes)
          })
        }
      } finally {
        disposeModel(loaded)
      }
      return logits
    },
    dispose: () => tf.dispose([...sums]),
  }
}

/** A model's weights on the back end: all of them. */
function loadWhole({ plan, ...terms }: CoalitionTask, model: CoalitionModel): LoadedModel {
  const isWhole = model.kind === 'weights'
  return loadModel(plan, isWhole ? model.values : combineWeights(terms, model.coefficients))
}

/** The layers above the first one. */
function loadAbove({ plan, ...terms }: CoalitionTask, coefficients: Float64Array): LoadedModel {
  const [, ...above] = plan.layers
  const values = combineWeights(terms, coefficients, above[0]?.kernelOffset ?? plan.size)
  return { spatial: [], dense: above.map((layer) => loadLayer(layer, values)) }
}
