import type { ModelTopology, TensorSpec, TrainingPlan, Weights } from '@fednode/protocol'

/** Back ends that an engine can run on. */
export type BackendName = 'wasm' | 'cpu'

/** Rows ready for a model: features row-major float32 [count, ...featureShape], labels are class indexes [count]. */
export type Dataset = {
  readonly count: number
  readonly featureShape: readonly number[]
  readonly features: Float32Array | Uint8Array
  /** Features are multiplied by this on use: 1/255 for bytes, 1 otherwise. */
  readonly featureScale: number
  readonly labels: Int32Array
  readonly classes: number
}

/** What a model is: its topology and what goes in and out. */
export type ModelSpec = {
  readonly topology: ModelTopology
  readonly featureShape: readonly number[]
  readonly classes: number
}

/** Means over the rows of one data set. */
export type Evaluation = {
  /** Share of rows whose most probable class is the label, 0 to 1. */
  readonly accuracy: number
  /** Mean cross-entropy in nats. */
  readonly loss: number
}

/** Where a local training stands: `step` of `steps` over all epochs; `loss` is this batch's mean before the step, nats. */
export type TrainingProgress = {
  readonly epoch: number
  readonly step: number
  readonly steps: number
  readonly loss: number
}

/** What a local training gave; `samples` is the number of rows trained on, the FedAvg weight. */
export type TrainingResult = {
  readonly weights: Weights
  /** Mean training loss of the last epoch, nats. */
  readonly loss: number
  readonly samples: number
}

/** Evaluates averaged models of coalitions of silos; see createCoalitionEvaluator. */
export type CoalitionEvaluator = {
  /** Evaluation of the weighted mean of the updates whose bit is set in `coalition`; 0n is the incoming model. */
  evaluate(coalition: bigint): Evaluation
  /** Frees tensors. */
  dispose(): void
}

/** A TensorFlow.js back end behind one interface. All calls are deterministic for the same inputs and back end. */
export type Engine = {
  readonly backend: BackendName
  /** Names and shapes of a model's weights, without building it. */
  weightSpecs(model: ModelSpec): readonly TensorSpec[]
  /** Glorot-uniform kernels and zero biases from a seed (Glorot & Bengio 2010). */
  initialWeights(model: ModelSpec, seed: number): Weights
  /**
   * Minibatch SGD from `weights`; the input is not mutated. Yields to the event loop between steps.
   * @throws {EngineError} NOT_FINITE, TRAINING_ABORTED, SHAPE_MISMATCH, EMPTY_INPUT, BAD_PLAN, UNSUPPORTED_MODEL.
   */
  train(
    model: ModelSpec,
    weights: Weights,
    data: Dataset,
    options: {
      readonly plan: TrainingPlan
      readonly seed: number
      readonly onProgress?: (progress: TrainingProgress) => void
      readonly signal?: AbortSignal
    },
  ): Promise<TrainingResult>
  /** Accuracy and loss over all rows. @throws {EngineError} NOT_FINITE, SHAPE_MISMATCH, EMPTY_INPUT, UNSUPPORTED_MODEL. */
  evaluate(model: ModelSpec, weights: Weights, data: Dataset): Evaluation
  /**
   * Coalition models are sum_i n_i w_i / sum_i n_i over the coalition (or plain means for equal weighting). First-layer pre-activations
   * are linear in the weights: they are computed once per update and averaged. Agrees with evaluate() of the averaged model within 1e-5
   * of the loss.
   * @throws {EngineError} NOT_FINITE, SHAPE_MISMATCH, EMPTY_INPUT, UNSUPPORTED_MODEL.
   */
  createCoalitionEvaluator(options: {
    readonly model: ModelSpec
    readonly base: Weights
    /** In bit order. `weight` is the strategy's weight, for example the number of samples. */
    readonly updates: readonly { readonly weights: Weights; readonly weight: number }[]
    readonly data: Dataset
  }): CoalitionEvaluator
  dispose(): void
}
