import type { Dataset, Engine, TrainingProgress } from '@fednode/engine'
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
import { fetchModel, type ModelSource } from './fetch-model.ts'
import { recallMemory } from './recall-memory.ts'
import type { TrainedUpdate } from './silo-journal.ts'
import { encodeMemory, memoryKindOf } from './silo-memory.ts'
import type { SpoilUpdate } from './spoil-update.ts'
import { trainSeed } from './train-seed.ts'

/** How often training says where it stands, at most, in ms. */
const PROGRESS_INTERVAL_MS = 250

/** What training needs besides the round. */
export type Training = ModelSource & {
  readonly manifest: Manifest
  readonly silo: SiloName
  readonly dataset: Dataset
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
  const { engine, model, dataset, manifest, silo, elapsed } = training
  const { weights: base } = await fetchModel(open, training, signal)
  const memory = await recall(training, base)
  const control = await fetchControl(open, training, signal)
  const rule = clientRule(manifest, { base, control, memory })
  const startedAt = elapsed()
  const trained = await engine.train(model, base, dataset, {
    plan: planOfRound(manifest, open.round),
    seed: trainSeed({ seed: manifest.seed, round: open.round, silo }),
    ...rule.terms,
    signal,
    onProgress: throttled(training),
  })
  const trainMs = Math.round(elapsed() - startedAt)
  const honest = { round: open.round, base, trained: trained.weights }
  const sent = (await training.spoilUpdate?.(honest, signal)) ?? trained.weights
  const stored = await store(training, {
    ...encodeUpdate({ weights: sent, base, compression: manifest.compression, residual: memory }),
    control: rule.remember(trained, sent),
  })
  const { samples } = trained
  return { base: open.model.cid, ...stored, samples, trainMs, lossMicros: toMicros(trained.loss) }
}

/** The manifest's plan with the learning rate of this round. */
function planOfRound({ training, rounds }: Manifest, round: Round): TrainingPlan {
  return { ...training, learningRate: learningRateAt(training, round, rounds.count) }
}

async function recall(training: Training, base: Weights): Promise<Float32Array | undefined> {
  const kind = memoryKindOf(training.manifest)
  if (kind === undefined) return undefined
  return recallMemory(training.memory, { kind, length: base.values.length }, training)
}

/** The server's control variate, where the strategy has one and it is not 0. */
async function fetchControl(
  { round, control }: RoundOpen,
  training: Training,
  signal: AbortSignal,
): Promise<Weights | undefined> {
  if (control === undefined || training.manifest.strategy.name !== 'scaffold') return undefined
  const announced = { round, model: control, what: 'control variate' }
  const { weights } = await fetchModel(announced, training, signal)
  return weights
}

async function store(
  { blobs, manifest }: Training,
  made: {
    readonly bytes: Uint8Array
    readonly residual?: Float32Array
    readonly control: Float32Array | undefined
  },
): Promise<Pick<TrainedUpdate, 'update' | 'memory'>> {
  const update = await blobs.put(made.bytes)
  const kind = memoryKindOf(manifest)
  const next = made.residual ?? made.control
  if (kind === undefined || next === undefined) return { update }
  return { update, memory: await blobs.put(encodeMemory(kind, next)) }
}

function throttled({ onProgress, elapsed }: Training): (progress: TrainingProgress) => void {
  let saidAt = Number.NEGATIVE_INFINITY
  return ({ step, steps, loss }) => {
    if (elapsed() - saidAt < PROGRESS_INTERVAL_MS && step < steps) return
    saidAt = elapsed()
    onProgress({ done: step, total: steps, loss })
  }
}
