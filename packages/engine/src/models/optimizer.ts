import type { TrainingPlan } from '@fednode/protocol'
import * as tf from '@tensorflow/tfjs-core'

/** Where one weight tensor stands. */
type Position = {
  readonly weight: tf.Tensor
  readonly gradient: tf.Tensor
  /** What the optimizer remembers of this tensor; zeros before the first step. */
  readonly slots: readonly tf.Tensor[]
  /** From 1. */
  readonly step: number
}

/** How a weight tensor moves against its gradient. */
export type Optimizer = {
  /** How many tensors it remembers for every weight tensor. */
  readonly slots: number
  /** Inside of tf.tidy. */
  next(position: Position): { readonly weight: tf.Tensor; readonly slots: tf.Tensor[] }
}

/** Defaults of Kingma & Ba 2015 (arXiv 1412.6980). */
const ADAM = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }
/** Defaults of Keras. */
const RMSPROP = { decay: 0.9, epsilon: 1e-7 }

/** The optimizer of a plan; its learning rate is the round's. */
export function createOptimizer(plan: TrainingPlan): Optimizer {
  switch (plan.optimizer) {
    case 'sgd':
      return sgd(plan)
    case 'adam':
      return adam({ ...plan, weightDecay: 0 })
    case 'adamw':
      return adam(plan)
    case 'rmsprop':
      return rmsprop(plan)
  }
}

/** v <- m v + g + decay w; w <- w - rate v (Sutskever et al. 2013, as PyTorch writes it: the rate is outside of the velocity). */
function sgd({ learningRate, momentum = 0, weightDecay = 0 }: TrainingPlan): Optimizer {
  return {
    slots: momentum === 0 ? 0 : 1,
    next({ weight, gradient, slots: [velocity] }) {
      const slope = weightDecay === 0 ? gradient : tf.add(gradient, tf.mul(weight, weightDecay))
      const moving = velocity === undefined ? slope : tf.add(tf.mul(velocity, momentum), slope)
      return {
        weight: tf.sub(weight, tf.mul(moving, learningRate)),
        slots: velocity === undefined ? [] : [moving],
      }
    },
  }
}

/** Adam with bias correction; a weight decay acts on the weights themselves (AdamW, Loshchilov & Hutter 2019, arXiv 1711.05101). */
function adam({ learningRate, weightDecay = 0 }: TrainingPlan): Optimizer {
  const { beta1, beta2, epsilon } = ADAM
  return {
    slots: 2,
    next({ weight, gradient, slots, step }) {
      const [first, second] = slots as readonly [tf.Tensor, tf.Tensor]
      const mean = blended(first, gradient, beta1)
      const square = blended(second, tf.square(gradient), beta2)
      const deviation = tf.sqrt(tf.div(square, 1 - beta2 ** step))
      const direction = tf.div(tf.div(mean, 1 - beta1 ** step), tf.add(deviation, epsilon))
      const kept = weightDecay === 0 ? weight : tf.mul(weight, 1 - learningRate * weightDecay)
      return { weight: tf.sub(kept, tf.mul(direction, learningRate)), slots: [mean, square] }
    },
  }
}

/** RMSProp (Tieleman & Hinton 2012) without momentum. */
function rmsprop({ learningRate }: TrainingPlan): Optimizer {
  const { decay, epsilon } = RMSPROP
  return {
    slots: 1,
    next({ weight, gradient, slots }) {
      const [last] = slots as readonly [tf.Tensor]
      const square = blended(last, tf.square(gradient), decay)
      const direction = tf.div(gradient, tf.sqrt(tf.add(square, epsilon)))
      return { weight: tf.sub(weight, tf.mul(direction, learningRate)), slots: [square] }
    },
  }
}

function blended(last: tf.Tensor, now: tf.Tensor, keep: number): tf.Tensor {
  return tf.add(tf.mul(last, keep), tf.mul(now, 1 - keep))
}
