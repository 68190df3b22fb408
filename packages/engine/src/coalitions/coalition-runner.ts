import * as tf from '@tensorflow/tfjs-core'
import { activateBackend } from '../backends/start-backend.ts'
import { loadModel } from '../models/loaded-model.ts'
import type { ModelPlan } from '../models/model-plan.ts'
import { featureTensor, type RowRange, rowBatches } from '../models/row-batches.ts'
import { disposeStack, loadLayer, runStack } from '../models/stack-forward.ts'
import type { StackPlan } from '../models/stack-plan.ts'
import { sliceFeatures } from '../slice-features.ts'
import type { CoalitionModel, EvaluationBackend, Features } from '../types.ts'
import { combineWeights, type Terms } from './combine-weights.ts'
import { combineSums, type FirstLayerSums, firstLayerSums } from './first-layer-sums.ts'

/** Everything that models of coalitions are made of and run on; checked by the caller. */
export type CoalitionTask = Terms & {
  readonly backend: EvaluationBackend
  readonly plan: ModelPlan
  readonly data: Features
  /** See keepsFirstLayerSums. */
  readonly keepsSums: boolean
}

/** Runs models of coalitions over the rows of one data set, on the thread that it was created on. */
export type CoalitionRunner = {
  /**
   * Outputs [rows, outputs] of one model, of a classifier its outputs; undefined when it was not to go on.
   * @param goesOn - asked before every batch of rows.
   */
  outputs(
    model: CoalitionModel,
    goesOn: () => boolean | Promise<boolean>,
  ): Promise<Float32Array | undefined>
  dispose(): void
}

/** One model, ready for the batches of rows. */
type Runnable = { runBatch(range: RowRange, batch: number): tf.Tensor2D; dispose(): void }

/** Creates a runner on a started back end. */
export function createCoalitionRunner(task: CoalitionTask): CoalitionRunner {
  const { backend, plan, data, keepsSums } = task
  activateBackend(backend)
  const batches = rowBatches(plan, data.count)
  const stack = keepsSums ? plan.stack : undefined
  const sums = stack === undefined ? [] : firstLayerSums(batches, { stack, terms: task, data })
  return {
    async outputs(model, goesOn) {
      activateBackend(backend)
      const runnable =
        stack === undefined || model.kind === 'weights'
          ? loadWhole(task, model)
          : loadAbove(task, { stack, sums, coefficients: model.coefficients })
      const outputs = new Float32Array(data.count * plan.outputs)
      try {
        for (const [batch, range] of batches.entries()) {
          if (!(await goesOn())) return undefined
          activateBackend(backend)
          tf.tidy(() => {
            const last = runnable.runBatch(range, batch)
            outputs.set(last.dataSync<'float32'>(), range.start * plan.outputs)
          })
        }
      } finally {
        runnable.dispose()
      }
      return outputs
    },
    dispose: () => tf.dispose([...sums]),
  }
}

/** A model with all its weights, from the features on. */
function loadWhole({ plan, data, ...terms }: CoalitionTask, model: CoalitionModel): Runnable {
  const isWhole = model.kind === 'weights'
  const values = isWhole ? model.values : combineWeights(terms, model.coefficients)
  const loaded = loadModel(plan, values)
  return {
    runBatch: (range) => loaded.run(featureTensor(sliceFeatures(data, range))),
    dispose: () => loaded.dispose(),
  }
}

/** The layers above the first one, from the sums of the first one on. */
function loadAbove(
  { plan, ...terms }: CoalitionTask,
  first: {
    readonly stack: StackPlan
    readonly sums: FirstLayerSums
    readonly coefficients: Float64Array
  },
): Runnable {
  const { stack, sums, coefficients } = first
  const [lowest, ...above] = stack.dense
  const values = combineWeights(terms, coefficients, above[0]?.kernelOffset ?? plan.size)
  const loaded = { spatial: [], dense: above.map((layer) => loadLayer(layer, values)) }
  return {
    runBatch: (_, batch) =>
      runStack(loaded, combineSums(lowest, sums[batch] as tf.Tensor2D, coefficients)),
    dispose: () => disposeStack(loaded),
  }
}
