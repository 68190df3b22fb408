import type { LayerSpec } from '@fednode/protocol'

/** One tensor, and where its values lie in an array of weights. */
export type PlannedTensor = {
  /** Without the layer's name: "kernel". */
  readonly name: string
  readonly shape: readonly number[]
  readonly offset: number
  readonly size: number
}

/** One layer of a checked model; shapes are those of one row. */
export type LayerPlan = {
  /** As TensorFlow.js counts them: "dense_1", "conv2d_2". */
  readonly name: string
  readonly spec: LayerSpec
  readonly input: readonly number[]
  readonly output: readonly number[]
  /** In the order in which they lie among all weights, where layers follow one another without gaps. */
  readonly tensors: readonly PlannedTensor[]
}

/** The plan of a layer of one class. */
export type PlanOf<Name extends LayerSpec['className']> = LayerPlan & {
  readonly spec: Extract<LayerSpec, { className: Name }>
}
