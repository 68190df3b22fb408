import * as tf from '@tensorflow/tfjs-core'
import type { PlannedTensor } from '../layer-plan.ts'

/** Weights of one layer on a back end, by their names within the layer; all that its plan has. */
export type LayerTensors = ReadonlyMap<string, tf.Tensor>

/** Copies weights to the current back end: one tensor per planned one, in order. */
export function loadTensors(planned: readonly PlannedTensor[], values: Float32Array): tf.Tensor[] {
  return planned.map(({ offset, size, shape }) =>
    tf.tensor(values.subarray(offset, offset + size), [...shape], 'float32'),
  )
}

/** One of a layer's tensors, of the rank that its class gives it. */
export function tensorOf<T extends tf.Tensor>(tensors: LayerTensors, name: string): T {
  // The plan comes from layerShape, which names exactly what the class has.
  return tensors.get(name) as T
}

/** Adds a layer's bias where it has one. */
export function addBias<T extends tf.Tensor>(tensors: LayerTensors, sums: T): T {
  const bias = tensors.get('bias')
  return bias === undefined ? sums : tf.add<T>(sums, bias)
}
