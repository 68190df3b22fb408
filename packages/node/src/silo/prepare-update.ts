import type { Dataset, Engine, ModelSpec, TrainingProgress } from '@fednode/engine'
import {
  type BlobStore,
  decodeWeights,
  encodeWeights,
  FedError,
  type Host,
  type Manifest,
  maxWeightsBytes,
  type PeerIdText,
  type RoundOpen,
  type SiloName,
  toMicros,
  type Weights,
} from '@fednode/protocol'
import { SiloError } from './silo-error.ts'
import type { TrainedUpdate } from './silo-journal.ts'
import { trainSeed } from './train-seed.ts'

/** How often training says where it stands, at most, in ms. */
const PROGRESS_INTERVAL_MS = 250

/** What training needs besides the round. */
export type Training = {
  readonly manifest: Manifest
  readonly model: ModelSpec
  readonly silo: SiloName
  readonly dataset: Dataset
  readonly engine: Engine
  readonly host: Pick<Host, 'fetchBlob'>
  readonly blobs: BlobStore
  /** Who may have the global model, best first. */
  readonly providers: readonly PeerIdText[]
  /** Monotonic ms (T14). */
  readonly elapsed: () => number
  readonly onProgress: (progress: { done: number; total: number; loss: number }) => void
}

/**
 * One round's work: fetch the global model, check it, train on the silo's rows, store the update.
 * @returns the update, durable in the blob store and not announced yet.
 * @throws {SiloError} BAD_GLOBAL_MODEL. @throws {BlobError} when nobody delivers the model.
 */
export async function prepareUpdate(
  open: RoundOpen,
  training: Training,
  signal: AbortSignal,
): Promise<TrainedUpdate> {
  const { engine, model, dataset, manifest, silo, elapsed } = training
  const weights = await fetchModel(open, training, signal)
  const startedAt = elapsed()
  const trained = await engine.train(model, weights, dataset, {
    plan: manifest.training,
    seed: trainSeed({ seed: manifest.seed, round: open.round, silo }),
    signal,
    onProgress: throttled(training),
  })
  const trainMs = Math.round(elapsed() - startedAt)
  const update = await training.blobs.put(encodeWeights(trained.weights))
  return {
    base: open.model.cid,
    update,
    samples: trained.samples,
    trainMs,
    lossMicros: toMicros(trained.loss),
  }
}

async function fetchModel(
  open: RoundOpen,
  training: Training,
  signal: AbortSignal,
): Promise<Weights> {
  const specs = training.engine.weightSpecs(training.model)
  const limit = maxWeightsBytes(specs)
  if (open.model.size > limit) {
    throw badModel(open, `it has ${open.model.size} bytes, at most ${limit} are possible`)
  }
  const bytes = await training.host.fetchBlob(open.model, { peers: training.providers, signal })
  try {
    const weights = decodeWeights(bytes, specs)
    if (!weights.values.every(Number.isFinite)) throw badModel(open, 'a weight is not finite')
    return weights
  } catch (error) {
    if (error instanceof FedError && !(error instanceof SiloError)) {
      throw badModel(open, error.message, error)
    }
    throw error
  }
}

function throttled({ onProgress, elapsed }: Training): (progress: TrainingProgress) => void {
  let saidAt = Number.NEGATIVE_INFINITY
  return ({ step, steps, loss }) => {
    if (elapsed() - saidAt < PROGRESS_INTERVAL_MS && step < steps) return
    saidAt = elapsed()
    onProgress({ done: step, total: steps, loss })
  }
}

function badModel({ round }: RoundOpen, reason: string, cause?: unknown): SiloError {
  return new SiloError(
    `the aggregator's model of round ${round} cannot be used: ${reason}`,
    { code: 'BAD_GLOBAL_MODEL', round, reason },
    { cause },
  )
}
