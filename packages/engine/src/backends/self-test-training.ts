import * as tf from '@tensorflow/tfjs-core'
import type { Stage } from './self-test-model.ts'

/** A model with the state of its optimizer, on the current back end. */
export type TinyTraining = {
  /** One step of SGD with momentum on the mean cross-entropy; returns the logits before it, which the caller disposes of. */
  step(): tf.Tensor
  readonly weights: readonly tf.Tensor[]
  dispose(): void
}

export const LEARNING_RATE = 0.1
export const MOMENTUM = 0.9

/** Prepares the training of `stages` on one batch: x as the first stage takes it, targets one-hot [rows, classes]. */
export function createTinyTraining(
  stages: readonly Stage[],
  batch: { readonly x: tf.Tensor; readonly targets: tf.Tensor },
): TinyTraining {
  let weights = stages.map((stage) => stage.weights)
  let velocity = weights.map((tensors) => tensors.map((tensor) => tf.zerosLike(tensor)))
  const replace = (next: { weights: tf.Tensor[][]; velocity: tf.Tensor[][] }): void => {
    tf.dispose([...weights.flat(), ...velocity.flat()])
    weights = next.weights
    velocity = next.velocity
  }
  return {
    step() {
      const next = tf.tidy(() => {
        const { outputs, logits } = forward(stages, weights, batch.x)
        const gradients = backward(
          stages,
          { weights, outputs },
          headGradient(logits, batch.targets),
        )
        const moved = gradients.map((tensors, i) =>
          tensors.map((gradient, j) =>
            tf.add(tf.mul(velocity[i]?.[j] as tf.Tensor, MOMENTUM), gradient),
          ),
        )
        const left = weights.map((tensors, i) =>
          tensors.map((tensor, j) =>
            tf.sub(tensor, tf.mul(moved[i]?.[j] as tf.Tensor, LEARNING_RATE)),
          ),
        )
        return { logits, weights: left, velocity: moved }
      })
      replace(next)
      return next.logits
    },
    get weights() {
      return weights.flat()
    },
    dispose() {
      tf.dispose([...weights.flat(), ...velocity.flat(), batch.x, batch.targets])
    },
  }
}

/** What went into each stage, with the logits last. */
function forward(
  stages: readonly Stage[],
  weights: readonly (readonly tf.Tensor[])[],
  x: tf.Tensor,
): { readonly outputs: readonly tf.Tensor[]; readonly logits: tf.Tensor } {
  const outputs = [x]
  stages.forEach((stage, i) => {
    outputs.push(stage.forward(outputs[i] as tf.Tensor, weights[i] ?? []))
  })
  return { outputs, logits: outputs.at(-1) as tf.Tensor }
}

function backward(
  stages: readonly Stage[],
  trace: {
    readonly weights: readonly (readonly tf.Tensor[])[]
    readonly outputs: readonly tf.Tensor[]
  },
  head: tf.Tensor,
): readonly (readonly tf.Tensor[])[] {
  const all: (readonly tf.Tensor[])[] = []
  let dy = head
  for (let i = stages.length - 1; i >= 0; i--) {
    const at = {
      x: trace.outputs[i] as tf.Tensor,
      y: trace.outputs[i + 1] as tf.Tensor,
      weights: trace.weights[i] ?? [],
    }
    const { dx, gradients } = (stages[i] as Stage).backward(at, dy)
    all.unshift(gradients)
    dy = dx
  }
  return all
}

/** (softmax - target) / rows. */
function headGradient(logits: tf.Tensor, targets: tf.Tensor): tf.Tensor {
  const rows = logits.shape[0] as number
  return tf.div(tf.sub(tf.softmax(logits as tf.Tensor2D), targets), rows)
}
