import type { TrainingPlan, Weights } from '@fednode/protocol'
import type { Tensor } from '@tensorflow/tfjs-core'
import { readTensor } from './backends/engine-read.ts'
import { explainMemory } from './backends/out-of-memory.ts'
import { repeatWhenLost } from './backends/repeat-when-lost.ts'
import { activateBackend } from './backends/start-backend.ts'
import { createSurvivingTrainer } from './backends/webgpu-trainer.ts'
import { evaluateModel } from './evaluate.ts'
import { checkDataset, checkFinite, checkTokens, checkWeights } from './models/check-model-input.ts'
import { type ClientTerms, checkClientTerms } from './models/client-terms.ts'
import { writtenLayers } from './models/create-gradient.ts'
import { loadGradients } from './models/load-gradients.ts'
import { classWeightsOf } from './models/losses/class-weights.ts'
import type { ModelPlan } from './models/model-plan.ts'
import { createTrainer, type Trainer, type TrainingWork } from './models/trainer.ts'
import { trainingBytes } from './models/training-bytes.ts'
import { createRandom, type Random } from './random.ts'
import type { ShardWorkers } from './shards/shard-workers.ts'
import { withShardWorkers } from './shards/with-shard-workers.ts'
import { checkPlan } from './training/check-plan.ts'
import { holdBack } from './training/hold-back.ts'
import { keepHeldRows } from './training/keep-held-rows.ts'
import { rowNumbers } from './training/row-numbers.ts'
import { createRowWindows } from './training/row-windows.ts'
import { type Pass, type PassOptions, runPasses } from './training/run-passes.ts'
import type {
  BackendName,
  EvaluationBackend,
  TrainingProgress,
  TrainingResult,
  TrainingRows,
} from './types.ts'

/** What one local training needs besides model, weights and data. */
export type TrainingOptions = ClientTerms & {
  readonly plan: TrainingPlan
  readonly seed: number
  readonly onProgress?: (progress: TrainingProgress) => void
  readonly signal?: AbortSignal
}

type Work = {
  readonly backend: BackendName
  /** Where rows that an early stop holds back are evaluated. */
  readonly evaluationBackend: EvaluationBackend
  readonly model: ModelPlan
  readonly weights: Weights
  readonly data: TrainingRows
  /** As Engine's. */
  readonly threads: number | undefined
  /** Brings the back end back after the loss of its device; absent where there is none to lose. */
  readonly restart?: () => Promise<void>
}

/** Rows to train on, and those that an early stop measures on. */
type SplitRows = { readonly rows: Uint32Array; readonly held: TrainingRows | undefined }

/** Weights that a training may end with. */
type Kept = Pass & { readonly values: Float32Array }

/**
 * Minibatch training on the mean loss of each batch (ClientUpdate of McMahan et al. 2017). One stream of createRandom(seed) draws the rows
 * that an early stop holds back and shuffles the row order (Fisher-Yates) before every epoch, going on from the order before; the last
 * batch of an epoch may be smaller. A strategy's terms come on top of the gradient, after clipping; losses are those of the rows alone.
 * The event loop gets a turn after every step. Rows in a file give the bits that the same rows in memory give.
 * @throws {EngineError} NOT_FINITE, TRAINING_ABORTED, SHAPE_MISMATCH, EMPTY_INPUT, BAD_PLAN, OUT_OF_MEMORY.
 * @throws {UserError} DATA_DISK_FULL, DATA_DISK_FAILED of rows in a file.
 */
export async function trainModel(work: Work, options: TrainingOptions): Promise<TrainingResult> {
  const { restart, ...once } = work
  if (restart === undefined || 'features' in work.data) return trainOnce(work, options)
  // Steps cannot be made again one by one when their rows are no longer in memory.
  return repeatWhenLost(() => trainOnce(once, options), restart)
}

async function trainOnce(work: Work, options: TrainingOptions): Promise<TrainingResult> {
  const { model, weights, data } = work
  checkPlan(options.plan)
  checkWeights(model, weights)
  checkDataset(model, data)
  checkFinite(weights.values, 'weights before training')
  checkClientTerms(model, options)
  const random = createRandom(options.seed)
  const { rows, held } = await splitRows(data, options.plan, random)
  const plan = { ...options.plan, batchSize: Math.min(options.plan.batchSize, rows.length) }
  const windows = createRowWindows(data, {
    batchSize: plan.batchSize,
    check: (features) => checkTokens(model, features),
  })
  try {
    const kept = await trainRows(work, { ...options, plan, rows, held, windows, random })
    checkFinite(kept.values, 'weights after training')
    const { loss, steps, values } = kept
    return { weights: { specs: model.specs, values }, loss, samples: rows.length, steps }
  } finally {
    windows.close()
    if (held !== undefined && 'file' in held) held.file.close()
  }
}

async function trainRows(
  work: Work,
  options: TrainingOptions & SplitRows & Pick<PassOptions, 'windows' | 'random'>,
): Promise<Kept> {
  const { backend, model, weights, data, threads } = work
  const { plan, rows } = options
  const training = {
    ...options,
    ...{ backend, model, values: weights.values },
    classWeights: classWeightsOf(data, plan.classWeights),
    read: (tensor: Tensor) => readTensor(backend, tensor),
  }
  // Before the back end is chosen: other engines run while this one waits.
  if (writtenLayers(training) === undefined) await loadGradients()
  const train = (): Promise<Kept> =>
    withShardWorkers(training, { rows: rows.length, threads }, (workers) =>
      trainSteps(work, { ...training, workers }),
    )
  return explainMemory(backend, () => trainingBytes(model, plan), train)
}

async function trainSteps(
  { evaluationBackend, restart }: Work,
  options: TrainingWork &
    SplitRows &
    Omit<PassOptions, 'trainer'> & { readonly workers: ShardWorkers | undefined },
): Promise<Kept> {
  const { backend, model, held, workers } = options
  const create = (): Trainer => {
    activateBackend(backend)
    return createTrainer(options, workers)
  }
  const trainer = restart === undefined ? create() : createSurvivingTrainer(create, restart)
  try {
    const passes = { ...options, trainer }
    return await (held === undefined
      ? runAll(passes)
      : runUntilBest(passes, { evaluationBackend, model, held }))
  } finally {
    activateBackend(backend)
    trainer.dispose()
  }
}

async function splitRows(
  data: TrainingRows,
  { earlyStop }: TrainingPlan,
  random: Random,
): Promise<SplitRows> {
  if (earlyStop === undefined) return { rows: rowNumbers(data.count), held: undefined }
  const { trained, held } = holdBack(data, earlyStop.share, random)
  return { rows: trained, held: await keepHeldRows(data, held) }
}

async function runAll(options: PassOptions): Promise<Kept> {
  let last: Pass = { loss: Number.NaN, steps: 0 }
  for await (const pass of runPasses(options)) last = pass
  return keep(options, last)
}

/** The epoch whose weights have the smallest loss on the rows held back; ends `patience` epochs after it (Prechelt 1998). */
async function runUntilBest(
  options: PassOptions,
  on: {
    readonly evaluationBackend: EvaluationBackend
    readonly model: ModelPlan
    readonly held: TrainingRows
  },
): Promise<Kept> {
  const { evaluationBackend, model, held } = on
  const patience = options.plan.earlyStop?.patience ?? Number.POSITIVE_INFINITY
  let best: Kept | undefined
  let least = Number.POSITIVE_INFINITY
  let worse = 0
  for await (const pass of runPasses(options)) {
    const kept = await keep(options, pass)
    activateBackend(evaluationBackend)
    const { loss } = evaluateModel(
      { specs: model.specs, values: kept.values },
      { plan: model, data: held, scoring: { utility: 'negative-loss' } },
    )
    if (best === undefined || loss < least) {
      best = kept
      least = loss
      worse = 0
    } else if (++worse >= patience) break
  }
  return best ?? keep(options, { loss: Number.NaN, steps: 0 })
}

async function keep(
  { backend, trainer }: { readonly backend: BackendName; readonly trainer: Trainer },
  pass: Pass,
): Promise<Kept> {
  activateBackend(backend)
  return { ...pass, values: await trainer.weights() }
}
