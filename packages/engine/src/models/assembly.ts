import * as tf from '@tensorflow/tfjs-core'
import { loadTensors } from './layers/layer-tensors.ts'
import type { ModelPlan } from './model-plan.ts'

/** Makes the tensors of all layers from those that move; what stays lives on the current back end until dispose(). */
export type Assembly = {
  /** Differentiable in `moved`: one tensor per parameter of the plan, in order. */
  assemble(moved: readonly tf.Tensor[]): readonly tf.Tensor[]
  dispose(): void
}

/** Nothing is copied or computed for a model that is trained as a whole. */
export function createAssembly({ adaptation, layers }: ModelPlan): Assembly {
  if (adaptation === undefined) return { assemble: (moved) => moved, dispose: () => undefined }
  const { base, sources } = adaptation
  const given = loadTensors(
    layers.flatMap(({ tensors }) => tensors),
    base,
  )
  return {
    assemble: (moved) =>
      sources.map((source, i) => {
        const own = given[i] as tf.Tensor
        if (source.kind === 'frozen') return own
        if (source.kind === 'trained') return moved[source.place] as tf.Tensor
        const [a, b] = [moved[source.a], moved[source.b]] as [tf.Tensor, tf.Tensor]
        return tf.add(own, tf.mul(tf.matMul(a, b), source.scale))
      }),
    dispose: () => tf.dispose(given),
  }
}
