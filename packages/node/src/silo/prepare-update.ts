import {
  type Engine,
  type FederationModel,
  joinPersonal,
  splitPersonal,
  type TrainingProgress,
} from '@fednode/engine'
import {
  type BlobRef,
  type BlobStore,
  encodeUpdate,
  type Logger,
  learningRateAt,
  type Manifest,
  type Round,
  type RoundOpen,
  type SiloName,
  type TrainingPlan,
  toMicros,
  type Weights,
} from '@fednode/protocol'
import { clientRule } from './client-rule.ts'
import type { EvaluatedRows } from './evaluated-rows.ts'
import { fetchModel, type ModelSource } from './fetch-model.ts'
import { measureHeld } from './measure-held.ts'
import { memoryLengths } from './memory-lengths.ts'
import { recallMemory } from './recall-memory.ts'
import type { TrainedUpdate } from './silo-journal.ts'
import { encodeMemory, type SiloMemory } from './silo-memory.ts'
import type { SpoilUpdate } from './spoil-update.ts'
import { trainSeed } from './train-seed.ts'

/** How often training says where it stands, at most, in ms. */
const PROGRESS_INTERVAL_MS = 250

/** What training needs besides the round. */
export type Training = Omit<ModelSource, 'model'> & {
  readonly models: FederationModel
  readonly manifest: Manifest
  readonly silo: SiloName
  readonly rows: EvaluatedRows
  readonly engine: Engine
  readonly blobs: BlobStore
  readonly logger: Logger
  /** What the silo carries over from earlier rounds. */
  readonly memory: BlobRef | undefined
  /** Only in a simulated attacker. */
  readonly spoilUpdate: SpoilUpdate | undefined
  /** Monotonic ms (T14). */
  readonly elapsed: () => number
  readonly onProgress: (progress: { done: number; total: number; loss: number }) => void
}

/**
 * One round's work: fetch the global model, check it, train on the silo's rows by the manifest's strategy, store the update in the form
 * that it travels in, and what the silo carries to the next round.
 * @returns the update, durable in the blob store and not announced yet.
 * @throws {SiloError} BAD_GLOBAL_MODEL. @throws {BlobError} when nobody delivers the model.
 * @throws {EngineError} when training fails. @throws {CodecError} CODEC_NOT_ENCODABLE when what it gave does not fit the compression.
 */
export async function prepareUpdate(
  open: RoundOpen,
  training: Training,
  signal: AbortSignal,
): Promise<TrainedUpdate> {
  const { engine, models, rows, manifest, silo, elapsed } = training
  const source = { ...training, model: models.shared }
  const { weights: base } = await fetchModel(open, source, signal)
  const memory = await recall(training, base)
  const control = await fetchControl(open, source, signal)
  const rule = clientRule(manifest, { base, control, memory: memory.control })
  const startedAt = elapsed()
  const weights = joinPersonal(models, base, memory.personal)
  const metrics = rows.held && measureHeld(engine, rows.held, { model: models.local, weights })
  const trained = await engine.train(models.local, weights, rows.trained, {
    plan: planOfRound(manifest, open.round),
    seed: trainSeed({ seed: manifest.seed, round: open.round, silo }),
    ...rule.terms,
    signal,
    onProgress: throttled(training),
  })
  const trainMs = Math.round(elapsed() - startedAt)
  const { shared, own } = splitPersonal(models, { local: trained.weights, shared: base.specs })
  const honest = { round: open.round, base, trained: shared }
  const sent = (await training.spoilUpdate?.(honest, signal)) ?? shared
  const { compression } = manifest
  const { bytes, residual } = encodeUpdate({
    ...{ weights: sent, base, compression },
    residual: memory.residual,
  })
  const next = rule.remember(trained, sent)
  const stored = await store(training, bytes, {
    ...(next && { control: next }),
    ...(residual && { residual }),
    ...(own.length > 0 && { personal: own }),
  })
  const { samples } = trained
  return {
    ...{ base: open.model.cid, ...stored, samples, trainMs },
    lossMicros: toMicros(trained.loss),
    ...(metrics && { metrics }),
  }
}

/** The manifest's plan with the learning rate of this round. */
function planOfRound({ training, rounds }: Manifest, round: Round): TrainingPlan {
  return { ...training, learningRate: learningRateAt(training, round, rounds.count) }
}

async function recall(training: Training, base: Weights): Promise<SiloMemory> {
  const { manifest, models, memory } = training
  const lengths = memoryLengths(manifest, models, base)
  return Object.keys(lengths).length === 0 ? {} : recallMemory(memory, lengths, training)
}

/** The server's control variate, where the strategy has one and it is not 0. */
async function fetchControl(
  { round, control }: RoundOpen,
  source: Training & ModelSource,
  signal: AbortSignal,
): Promise<Weights | undefined> {
  if (control === undefined || source.manifest.strategy.name !== 'scaffold') return undefined
  const announced = { round, model: control, what: 'control variate' }
  const { weights } = await fetchModel(announced, source, signal)
  return weights
}

async function store(
  { blobs }: Training,
  bytes: Uint8Array,
  memory: SiloMemory,
): Promise<Pick<TrainedUpdate, 'update' | 'memory'>> {
  const update = await blobs.put(bytes)
  if (Object.keys(memory).length === 0) return { update }
  return { update, memory: await blobs.put(encodeMemory(memory)) }
}

function throttled({ onProgress, elapsed }: Training): (progress: TrainingProgress) => void {
  let saidAt = Number.NEGATIVE_INFINITY
  return ({ step, steps, loss }) => {
    if (elapsed() - saidAt < PROGRESS_INTERVAL_MS && step < steps) return
    saidAt = elapsed()
    onProgress({ done: step, total: steps, loss })
  }
}
