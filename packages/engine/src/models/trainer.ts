import type { TrainingPlan } from '@fednode/protocol'
import * as tf from '@tensorflow/tfjs-core'
import { readTensor } from '../backends/engine-read.ts'
import { activateBackend } from '../backends/start-backend.ts'
import { softmaxLossGradient } from '../softmax-loss.ts'
import type { BackendName, Dataset } from '../types.ts'
import { activate, timesDerivative } from './activation.ts'
import { fromTransposed, toTransposed } from './augmented-weights.ts'
import { type BatchBuffers, createBatchBuffers } from './batch-buffers.ts'
import { type ClientTerms, createStepTerms } from './client-terms.ts'
import type { DensePlan, ModelPlan } from './model-plan.ts'

/** SGD on one model's weights; tensors live on one back end until dispose(). */
export type Trainer = {
  /**
   * One step on the given rows; the sum of their losses before the step, nats.
   * @throws {EngineError} DEVICE_LOST, DEVICE_ERROR.
   */
  step(data: Dataset, rows: Uint32Array): Promise<number>
  /** A copy of the current weights, in the order of the model. @throws {EngineError} DEVICE_LOST, DEVICE_ERROR. */
  weights(): Promise<Float32Array>
  dispose(): void
}

/** What a training begins with. */
export type TrainerStart = {
  /** A started one. */
  readonly backend: BackendName
  readonly values: Float32Array
  /** What a proximal term pulls to: the weights at the start of the whole training. */
  readonly anchor: Float32Array
}

/** A batch of activations both ways: [rows, width] and [width, rows]; width includes the constant 1 of a bias. */
type Activations = { readonly byRow: tf.Tensor2D; readonly byUnit: tf.Tensor2D }

/**
 * Backpropagation by hand for a stack of Dense layers. Everything is laid out so that the large matrix is never the right operand,
 * because XNNPACK repacks right operands, and a changed kernel would be repacked in every step (0.5 of 0.7 ms for 784 x 200 at
 * batch 20): weights are kept transposed, [units, inputs], activations as [units, rows]. The bias is one more column of the weights
 * against a constant activation of 1, so that its gradient comes with the kernel's. The gradient of the loss is scaled by the
 * learning rate at the logits, which makes every weight gradient the step itself; a strategy's terms are added to the clipped step.
 */
export function createTrainer(
  model: ModelPlan,
  { backend, values, anchor }: TrainerStart,
  plan: TrainingPlan & ClientTerms,
): Trainer {
  const [first] = model.layers
  const { inputs, useBias: hasOnes } = first
  const buffers = createBatchBuffers({ inputs, hasOnes, maxRows: plan.batchSize })
  activateBackend(backend)
  let layers = model.layers.map((layer) => tf.keep(toTransposed(layer, values)))
  const start = model.layers.map((layer) => toTransposed(layer, anchor))
  const terms = createStepTerms(model, start, plan)
  tf.dispose(start)
  return {
    async step(data, rows) {
      activateBackend(backend)
      const before = layers
      const trace = tf.tidy(() => forward(model, before, batchActivations(buffers, data, rows)))
      const logits = await readTensor(backend, trace.logits)
      activateBackend(backend)
      const head = lossGradient(model, { logits, data, rows }, plan.learningRate)
      const steps = tf.tidy(() =>
        backward(model, { weights: before, inputs: trace.inputs }, head.gradient),
      )
      const scale = await clipScale(backend, steps, plan)
      activateBackend(backend)
      layers = tf.tidy(() => {
        const clipped = scale === 1 ? steps : steps.map((step) => tf.mul<tf.Tensor2D>(step, scale))
        const all = terms.addTo(clipped, before)
        return before.map((tensor, i) => tf.keep(tf.sub(tensor, all[i] as tf.Tensor2D)))
      })
      tf.dispose([before, steps, head.gradient, trace])
      return head.loss
    },
    async weights() {
      const copy = new Float32Array(model.size)
      for (const [i, layer] of model.layers.entries())
        fromTransposed(layer, await readTensor(backend, layers[i] as tf.Tensor2D), copy)
      return copy
    },
    dispose() {
      for (const tensor of layers) tensor.dispose()
      layers = []
      terms.dispose()
    },
  }
}

function batchActivations(buffers: BatchBuffers, data: Dataset, rows: Uint32Array): Activations {
  const { byRow, byUnit } = buffers.gather(data, rows)
  const width = byRow.length / rows.length
  return {
    byRow: tf.tensor2d(byRow, [rows.length, width]),
    byUnit: tf.tensor2d(byUnit, [width, rows.length]),
  }
}

/** Logits as [classes, rows], and what went into each layer. */
function forward(model: ModelPlan, weights: readonly tf.Tensor2D[], batch: Activations) {
  const inputs: Activations[] = []
  let current = batch
  model.layers.forEach((layer, i) => {
    inputs.push(current)
    const sums = tf.matMul<tf.Tensor2D>(weights[i] as tf.Tensor2D, current.byUnit)
    const next = model.layers[i + 1]
    current = toInput(activate(layer.activation, sums), next)
  })
  return { logits: current.byUnit, inputs }
}

/** Adds the constant row for the next layer's bias. */
function toInput(units: tf.Tensor2D, next: DensePlan | undefined): Activations {
  if (next === undefined) return { byRow: units, byUnit: units }
  const byUnit = next.useBias
    ? tf.concat2d([units, tf.ones<tf.Rank.R2>([1, units.shape[1]])], 0)
    : units
  return { byRow: tf.transpose(byUnit), byUnit }
}

function lossGradient(
  model: ModelPlan,
  at: { readonly logits: Float32Array; readonly data: Dataset; readonly rows: Uint32Array },
  learningRate: number,
): { readonly loss: number; readonly gradient: tf.Tensor2D } {
  const count = at.rows.length
  const gradient = new Float32Array(model.classes * count)
  const batch = {
    logits: at.logits,
    labels: Int32Array.from(at.rows, (row) => at.data.labels[row] as number),
    classes: model.classes,
    rowStride: 1,
    classStride: count,
  }
  const loss = softmaxLossGradient(batch, gradient, learningRate / count)
  return { loss, gradient: tf.tensor2d(gradient, [model.classes, count]) }
}

/** Steps per layer, [units, width], from the scaled gradient at the logits, [classes, rows]. */
function backward(
  model: ModelPlan,
  trace: { readonly weights: readonly tf.Tensor2D[]; readonly inputs: readonly Activations[] },
  headGradient: tf.Tensor2D,
): tf.Tensor2D[] {
  const steps: tf.Tensor2D[] = []
  let gradient = headGradient
  for (let i = model.layers.length - 1; i >= 0; i--) {
    const { byRow, byUnit } = trace.inputs[i] as Activations
    steps.unshift(tf.matMul<tf.Tensor2D>(gradient, byRow))
    const below = model.layers[i - 1]
    if (below === undefined) break
    const back = tf.matMul<tf.Tensor2D>(tf.transpose(trace.weights[i] as tf.Tensor2D), gradient)
    const toUnits = (tensor: tf.Tensor2D): tf.Tensor2D =>
      tensor.shape[0] === below.units ? tensor : tf.slice(tensor, [0, 0], [below.units, -1])
    gradient = timesDerivative(below.activation, toUnits(back), toUnits(byUnit))
  }
  return steps
}

/** What the steps are multiplied by so that their norm, without the learning rate, is within the plan's; norms in f64. */
async function clipScale(
  backend: BackendName,
  steps: readonly tf.Tensor2D[],
  { clipNorm, learningRate }: TrainingPlan,
): Promise<number> {
  if (clipNorm === undefined) return 1
  let sum = 0
  for (const step of steps)
    for (const value of await readTensor(backend, step)) sum += value * value
  const norm = Math.sqrt(sum) / learningRate
  return norm <= clipNorm ? 1 : clipNorm / norm
}
