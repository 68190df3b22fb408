import * as tf from '@tensorflow/tfjs-core'
import { activateBackend } from '../backends/start-backend.ts'
import type { BatchGradients } from '../shards/batch-gradients.ts'
import { createStepTerms } from './client-terms.ts'
import { loadTensors } from './layers/layer-tensors.ts'
import { createOptimizer, type Optimizer } from './optimizer.ts'
import type { Trainer, TrainingWork } from './trainer.ts'

/** Weights and what the optimizer remembers of each of them. */
type State = { readonly weights: readonly tf.Tensor[]; readonly slots: readonly tf.Tensor[][] }

/** Training of any model: gradients are clipped first, then a strategy's terms are added, then the optimizer takes its step. */
export function createLayerTrainer(work: TrainingWork, batches: BatchGradients): Trainer {
  const { backend, model, values, plan, proximal, correction, read } = work
  const { parameters } = model
  const optimizer = createOptimizer(plan)
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
      const found = await batches.of(before.weights, { rows, data, step })
      activateBackend(backend)
      state = tf.tidy(() => {
        const gradients = terms.addTo(clip(found.gradients, plan.clipNorm), before.weights)
        return nextState(before, { optimizer, gradients, step })
      })
      disposeState(before)
      tf.dispose([...found.gradients])
      return found.readLoss()
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
      batches.dispose()
    },
  }
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
