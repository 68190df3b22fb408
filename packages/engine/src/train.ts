import { setImmediate as nextTurn } from 'node:timers/promises'
import type { TrainingPlan, Weights } from '@fednode/protocol'
import { activateBackend } from './backends/start-backend.ts'
import { createSurvivingTrainer } from './backends/webgpu-trainer.ts'
import { EngineError } from './errors.ts'
import { checkDataset, checkFinite, checkWeights } from './models/check-model-input.ts'
import { type ClientTerms, checkClientTerms } from './models/client-terms.ts'
import type { ModelPlan } from './models/model-plan.ts'
import { createTrainer, type Trainer } from './models/trainer.ts'
import { createRandom, shuffle } from './random.ts'
import type { BackendName, Dataset, TrainingProgress, TrainingResult } from './types.ts'

/** What one local training needs besides model, weights and data. */
export type TrainingOptions = ClientTerms & {
  readonly plan: TrainingPlan
  readonly seed: number
  readonly onProgress?: (progress: TrainingProgress) => void
  readonly signal?: AbortSignal
}

type Work = {
  readonly backend: BackendName
  readonly model: ModelPlan
  readonly weights: Weights
  readonly data: Dataset
  /** Brings the back end back after the loss of its device; absent where there is none to lose. */
  readonly restart?: () => Promise<void>
}

/**
 * Plain minibatch SGD on the mean cross-entropy of each batch (ClientUpdate of McMahan et al. 2017). One stream of
 * createRandom(seed) shuffles the row order (Fisher-Yates) before every epoch, going on from the order before; the last batch of an
 * epoch may be smaller. A strategy's terms come on top of the gradient, after clipping; losses are those of the rows alone. The event loop
 * gets a turn after every step.
 * @throws {EngineError} NOT_FINITE, TRAINING_ABORTED, SHAPE_MISMATCH, EMPTY_INPUT, BAD_PLAN.
 */
export async function trainModel(work: Work, options: TrainingOptions): Promise<TrainingResult> {
  const { backend, model, weights, data } = work
  checkPlan(options.plan)
  checkWeights(model, weights)
  checkDataset(model, data)
  checkFinite(weights.values, 'weights before training')
  checkClientTerms(model, options)
  activateBackend(backend)
  const batchSize = Math.min(options.plan.batchSize, data.count)
  const { proximal, correction } = options
  const plan = { ...options.plan, batchSize, proximal, correction }
  const anchor = weights.values
  const create = (values: Float32Array): Trainer =>
    createTrainer(model, { backend, values, anchor }, plan)
  const { restart } = work
  const trainer =
    restart === undefined
      ? create(anchor)
      : createSurvivingTrainer(create, { values: anchor, restart })
  try {
    const loss = await runEpochs(work, options, trainer)
    const values = await trainer.weights()
    checkFinite(values, 'weights after training')
    const steps = countSteps(options.plan, data.count)
    return { weights: { specs: model.specs, values }, loss, samples: data.count, steps }
  } finally {
    activateBackend(backend)
    trainer.dispose()
  }
}

async function runEpochs(
  { data }: Work,
  options: TrainingOptions,
  trainer: Trainer,
): Promise<number> {
  const { epochs, batchSize } = options.plan
  const random = createRandom(options.seed)
  const order = Uint32Array.from({ length: data.count }, (_, row) => row)
  const steps = countSteps(options.plan, data.count)
  let step = 0
  let epochLoss = 0
  for (let epoch = 1; epoch <= epochs; epoch++) {
    shuffle(order, random)
    let sum = 0
    for (let start = 0; start < data.count; start += batchSize) {
      if (options.signal?.aborted) throw aborted(options.signal)
      const rows = order.subarray(start, start + batchSize)
      const batchLoss = await trainer.step(data, rows)
      sum += batchLoss
      step++
      checkLoss(batchLoss, step)
      options.onProgress?.({ epoch, step, steps, loss: batchLoss / rows.length })
      await nextTurn()
    }
    epochLoss = sum / data.count
  }
  return epochLoss
}

function countSteps({ epochs, batchSize }: TrainingPlan, rows: number): number {
  return epochs * Math.ceil(rows / batchSize)
}

function checkPlan({ learningRate, batchSize, epochs, clipNorm }: TrainingPlan): void {
  if (!(learningRate > 0 && Number.isFinite(learningRate)))
    throw badPlan(`learning rate ${learningRate} is not positive`)
  if (!Number.isSafeInteger(batchSize) || batchSize < 1)
    throw badPlan(`batch size ${batchSize} is not a positive integer`)
  if (!Number.isSafeInteger(epochs) || epochs < 1)
    throw badPlan(`epochs ${epochs} is not a positive integer`)
  if (clipNorm !== undefined && !(clipNorm > 0))
    throw badPlan(`clip norm ${clipNorm} is not positive`)
}

function checkLoss(loss: number, step: number): void {
  if (Number.isFinite(loss)) return
  const what = `training loss of step ${step}`
  throw new EngineError(`The ${what} is ${loss}`, { code: 'NOT_FINITE', what })
}

function badPlan(reason: string): EngineError {
  return new EngineError(`Training plan: ${reason}`, { code: 'BAD_PLAN', reason })
}

function aborted(signal: AbortSignal): EngineError {
  return new EngineError(
    'Training was aborted',
    { code: 'TRAINING_ABORTED' },
    { cause: signal.reason },
  )
}
