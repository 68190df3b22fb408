import type {
  MetricName,
  ModelSpec,
  TensorSpec,
  TrainingPlan,
  UtilityName,
  Weights,
} from '@fednode/protocol'
import type { RowFile } from './data/row-file.ts'

/** Back ends that come with fednode, and that models are evaluated on: whoever verifies a round has them too. */
export type EvaluationBackend = 'wasm' | 'cpu'

/** Back ends that an engine can train on. */
export type BackendName = 'tfjs-node-gpu' | 'tfjs-node' | 'webgpu' | EvaluationBackend

/** What rows are to be predicted, one entry a row. */
export type Targets =
  /** Class indexes. */
  | { readonly kind: 'classes'; readonly labels: Int32Array; readonly classes: number }
  /** Numbers as the model learns them: (y - mean) / deviation of the label's own unit. */
  | {
      readonly kind: 'value'
      readonly values: Float32Array
      readonly scale: { readonly mean: number; readonly deviation: number }
    }
  /** Time watched, and whether the event was seen then (1) or not until then (0). */
  | { readonly kind: 'risk'; readonly times: Float64Array; readonly observed: Uint8Array }
  /** The features themselves. */
  | { readonly kind: 'reconstruction' }

/** Rows ready for a model: features row-major [count, ...featureShape] and what is to be predicted. */
export type Dataset = {
  readonly count: number
  readonly featureShape: readonly number[]
  readonly features: Float32Array | Uint8Array
  /** Features are multiplied by this on use: 1/255 for bytes, 1 otherwise. */
  readonly featureScale: number
  readonly targets: Targets
  /** Number of the group (a patient) of every row: rows of one group are never on both sides of a split. */
  readonly groups?: Int32Array
}

/** Rows whose features are in a file of this process instead; what is to be predicted of each stays in memory. */
export type StreamedDataset = Omit<Dataset, 'features'> & { readonly file: RowFile }

/** Rows to learn from, wherever their features are: a training gives the same bits for both. */
export type TrainingRows = Dataset | StreamedDataset

/** Rows whose targets nobody needs to know. */
export type Features = Omit<Dataset, 'targets' | 'groups'>

/** The same for features in a file. */
export type StreamedFeatures = Omit<StreamedDataset, 'targets' | 'groups'>

/** Values of the metrics that a task has, in the label's own unit where it has one. */
export type Metrics = Readonly<Partial<Record<MetricName, number>>>

/** What one model is worth on the rows of one data set. */
export type Evaluation = {
  /** Mean loss of the model's objective: nats for classes and risks, squares (or as the objective says) otherwise. */
  readonly loss: number
  /** The utility asked for; more is better. */
  readonly utility: number
  /** Recall of each class, 0 to 1, when asked for. */
  readonly classes?: Float64Array
}

/** An evaluation with everything that people want to know. */
export type ModelReport = Evaluation & { readonly metrics: Metrics }

/** What is measured besides the loss. */
export type Scoring = {
  /** @default 'negative-loss' */
  readonly utility?: UtilityName
  /** Also the recall of each class. @default false */
  readonly classWise?: boolean
}

/** The model of one coalition of silos, as an aggregation strategy makes it. */
export type CoalitionModel =
  /** base + sum_i c_i (x_i - base), one coefficient per update in bit order; those of absent members are 0. */
  | { readonly kind: 'combination'; readonly coefficients: Float64Array }
  /** All weights of a model that is no such combination, for example of medians. */
  | { readonly kind: 'weights'; readonly values: Float32Array }

/** Where a local training stands: `step` of `steps` over all epochs; `loss` is this batch's mean before the step. */
export type TrainingProgress = {
  readonly epoch: number
  readonly step: number
  readonly steps: number
  readonly loss: number
}

/** What a local training gave; `samples` is the number of rows trained on, the FedAvg weight. */
export type TrainingResult = {
  readonly weights: Weights
  /** Mean training loss of the last pass over the rows; of an early stop, of the pass whose weights were kept. */
  readonly loss: number
  readonly samples: number
  /** Steps of the optimizer up to these weights. */
  readonly steps: number
}

/** Evaluates models of coalitions of silos; see Engine.createCoalitionEvaluator. */
export type CoalitionEvaluator = {
  /**
   * One evaluation per model, in order. The same bits whatever the batch, its order or the number of threads. The event loop gets turns.
   * @throws {EngineError} NOT_FINITE when a coefficient or a loss is, SHAPE_MISMATCH, WORKER_FAILED, ENGINE_DISPOSED; the reason of
   * `signal` when it fires.
   */
  evaluate(models: readonly CoalitionModel[], signal?: AbortSignal): Promise<readonly Evaluation[]>
  /** Frees tensors and ends threads; what is being evaluated is refused with ENGINE_DISPOSED. */
  dispose(): Promise<void>
}

/** A TensorFlow.js back end behind one interface. All calls are deterministic for the same inputs and back end. */
export type Engine = {
  readonly backend: BackendName
  /** What evaluates: `backend` where that comes with fednode, otherwise wasm, so that everybody can make an evaluation again bit for bit. */
  readonly evaluationBackend: EvaluationBackend
  /** Names and shapes of a model's weights, without building it. */
  weightSpecs(model: ModelSpec): readonly TensorSpec[]
  /** All weights of the layers of an adapted model, named as those of one that is not; of any other model its weights. */
  fullWeights(model: ModelSpec, weights: Weights): Weights
  /** Random weights to begin with, see initialWeights in models/. */
  initialWeights(model: ModelSpec, seed: number): Weights
  /**
   * Minibatches through the plan's optimizer from `weights`; the input is not mutated. Yields to the event loop between steps.
   * @throws {EngineError} NOT_FINITE, TRAINING_ABORTED, SHAPE_MISMATCH, EMPTY_INPUT, BAD_PLAN, UNSUPPORTED_MODEL, OUT_OF_MEMORY.
   * @throws {UserError} DATA_DISK_FULL, DATA_DISK_FAILED of rows in a file.
   */
  train(
    model: ModelSpec,
    weights: Weights,
    data: TrainingRows,
    options: {
      readonly plan: TrainingPlan
      readonly seed: number
      /** FedProx: adds proximal * (w - w at the start) to every gradient. */
      readonly proximal?: number
      /** SCAFFOLD: added to every gradient; one number per weight. */
      readonly correction?: Float32Array
      readonly onProgress?: (progress: TrainingProgress) => void
      readonly signal?: AbortSignal
    },
  ): Promise<TrainingResult>
  /**
   * Evaluates over all rows.
   * @throws {EngineError} NOT_FINITE, SHAPE_MISMATCH, EMPTY_INPUT, UNSUPPORTED_MODEL. @throws {UserError} DATA_DISK_FAILED of rows in a file.
   */
  evaluate(model: ModelSpec, weights: Weights, data: TrainingRows, scoring?: Scoring): ModelReport
  /**
   * What the model says of every row: probabilities [count, classes], values in the label's own unit [count], log-risks [count], or mean
   * squared errors of reconstruction [count].
   * @param scale - of the label of a regression, as in the manifest.
   * @throws {EngineError} NOT_FINITE, SHAPE_MISMATCH, EMPTY_INPUT, UNSUPPORTED_MODEL. @throws {UserError} DATA_DISK_FAILED of rows in a file.
   */
  predict(
    model: ModelSpec,
    weights: Weights,
    rows: Features | StreamedFeatures,
    scale?: { readonly mean: number; readonly deviation: number },
  ): Float64Array
  /**
   * Prepares the evaluation of many models made of the same updates. Agrees with evaluate() of the combined weights within 1e-5 of the
   * loss. Inputs have to stay as they are until dispose().
   * @throws {EngineError} NOT_FINITE, SHAPE_MISMATCH, EMPTY_INPUT, UNSUPPORTED_MODEL.
   */
  createCoalitionEvaluator(
    options: Scoring & {
      readonly model: ModelSpec
      readonly base: Weights
      /** In bit order. */
      readonly updates: readonly Weights[]
      readonly data: Dataset
      /** Worker threads; 1 is the caller's own. @default as many as the machine has cores once there is enough to do */
      readonly threads?: number
    },
  ): CoalitionEvaluator
  dispose(): void
}
