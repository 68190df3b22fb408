import * as tf from '@tensorflow/tfjs-core'
import type { Dataset } from '../types.ts'
import { type Assembly, createAssembly } from './assembly.ts'
import { createStepTerms } from './client-terms.ts'
import { createDropoutMasks } from './dropout-masks.ts'
import { loadTensors } from './layers/layer-tensors.ts'
import { runLayers } from './layers/run-layers.ts'
import { batchLoss } from './losses/batch-loss.ts'
import { classWeightsOf } from './losses/class-weights.ts'
import { latestFirst } from './losses/risk-loss.ts'
import { createOptimizer, type Optimizer } from './optimizer.ts'
import { rowTensor } from './row-tensor.ts'
import type { Trainer, TrainingWork } from './trainer.ts'

/** Weights and what the optimizer remembers of each of them. */
type State = { readonly weights: readonly tf.Tensor[]; readonly slots: readonly tf.Tensor[][] }

/**
 * Training of any model by reverse-mode automatic differentiation (tf.valueAndGrads). Gradients are clipped first, then a strategy's terms
 * are added, then the optimizer takes its step.
 */
export function createLayerTrainer(work: TrainingWork): Trainer {
  const { model, values, plan, proximal, correction, read } = work
  const { parameters } = model
  const optimizer = createOptimizer(plan)
  const assembly = createAssembly(model)
  const differentiate = createDifferentiation(work, assembly)
  let state = firstState(loadTensors(parameters, values), optimizer)
  const terms = createStepTerms(state.weights, {
    rate: 1,
    proximal,
    corrections: correction && loadTensors(parameters, correction),
  })
  let step = 0
  return {
    async step(rows, data) {
      step++
      const before = state
      const { loss, ...after } = tf.tidy(() => {
        const { value, grads } = differentiate(before.weights, rows, data)
        const gradients = terms.addTo(clip(grads, plan.clipNorm), before.weights)
        return { loss: value, ...nextState(before, { optimizer, gradients, step }) }
      })
      state = after
      disposeState(before)
      const [value] = await read(loss)
      loss.dispose()
      return value as number
    },
    async weights() {
      const copy = new Float32Array(values.length)
      let offset = 0
      for (const tensor of state.weights) {
        copy.set(await read(tensor), offset)
        offset += tensor.size
      }
      return copy
    },
    dispose() {
      disposeState(state)
      terms.dispose()
      assembly.dispose()
    },
  }
}

/** Loss of a batch and its gradient for every weight tensor; to be called inside of tf.tidy. */
function createDifferentiation({ model, data, plan, seed }: TrainingWork, { assemble }: Assembly) {
  const { layers, objective } = model
  const masksFor = createDropoutMasks(layers, seed)
  const classWeights = classWeightsOf(data, plan.classWeights)
  return (weights: readonly tf.Tensor[], batch: Uint32Array, from: Dataset) => {
    const rows = ordered(from, batch)
    const inputs = rowTensor(from, rows, model.featureShape)
    const masks = masksFor(rows.length)
    const lossOf = batchLoss(objective, { data: from, rows, inputs, classWeights })
    return tf.valueAndGrads((...tensors: tf.Tensor[]) =>
      // The last layer is Dense.
      lossOf(runLayers(layers, { tensors: assemble(tensors), masks }, inputs) as tf.Tensor2D),
    )([...weights])
  }
}

/** The loss of risks wants a batch latest first; no other depends on the order. */
function ordered({ targets }: Dataset, rows: Uint32Array): Uint32Array {
  return targets.kind === 'risk' ? latestFirst(rows, targets.times) : rows
}

function firstState(weights: readonly tf.Tensor[], { slots }: Optimizer): State {
  return {
    weights,
    slots: weights.map(({ shape }) => Array.from({ length: slots }, () => tf.zeros(shape))),
  }
}

function nextState(
  { weights, slots }: State,
  {
    optimizer,
    gradients,
    step,
  }: {
    readonly optimizer: Optimizer
    readonly gradients: readonly tf.Tensor[]
    readonly step: number
  },
) {
  const moved = weights.map((weight, i) =>
    optimizer.next({
      weight,
      gradient: gradients[i] as tf.Tensor,
      slots: slots[i] as tf.Tensor[],
      step,
    }),
  )
  return { weights: moved.map(({ weight }) => weight), slots: moved.map(({ slots }) => slots) }
}

/** Gradients of an L2 norm of at most `clipNorm` over all tensors together (Pascanu et al. 2013, arXiv 1211.5063, section 3.2). */
function clip(gradients: readonly tf.Tensor[], clipNorm: number | undefined): readonly tf.Tensor[] {
  if (clipNorm === undefined) return gradients
  const norm = tf.sqrt(tf.addN(gradients.map((gradient) => tf.sum(tf.square(gradient)))))
  const factor = tf.minimum(1, tf.div(clipNorm, norm))
  return gradients.map((gradient) => tf.mul(gradient, factor))
}

function disposeState({ weights, slots }: State): void {
  tf.dispose([...weights, ...slots.flat()])
}
