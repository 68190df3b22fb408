/** Low-rank adapters (LoRA, Hu et al. 2021, arXiv 2106.09685): a kernel W counts as W + (alpha / rank) A B, and only A and B move. */
export type Adapters = {
  readonly rank: number
  /** @default rank */
  readonly alpha?: number
  /** Dense layers that have them, by name: "dense_1". @default all Dense layers that are frozen */
  readonly layers?: readonly string[]
}

/** What of a given model is trained further: only that are the weights of the model, all else stays. */
export type Adaptation = {
  /** All weights of the given model, in the order of its layers. */
  readonly base: Float32Array
  /** Layers that stay as they are, by name: "conv2d_1"; a layer with adapters stays in any case. */
  readonly freeze: readonly string[]
  readonly adapters?: Adapters
}
