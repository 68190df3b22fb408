import type { Dataset, Engine, TrainingProgress } from '@fednode/engine'
import {
  type BlobStore,
  encodeWeights,
  type Manifest,
  type RoundOpen,
  type SiloName,
  toMicros,
} from '@fednode/protocol'
import { fetchModel, type ModelSource } from './fetch-model.ts'
import type { TrainedUpdate } from './silo-journal.ts'
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
  /** Only in a simulated attacker. */
  readonly spoilUpdate: SpoilUpdate | undefined
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
  const { weights } = await fetchModel(open, training, signal)
  const startedAt = elapsed()
  const trained = await engine.train(model, weights, dataset, {
    plan: manifest.training,
    seed: trainSeed({ seed: manifest.seed, round: open.round, silo }),
    signal,
    onProgress: throttled(training),
  })
  const trainMs = Math.round(elapsed() - startedAt)
  const honest = { round: open.round, base: weights, trained: trained.weights }
  const sent = (await training.spoilUpdate?.(honest, signal)) ?? trained.weights
  const update = await training.blobs.put(encodeWeights(sent))
  return {
    base: open.model.cid,
    update,
    samples: trained.samples,
    trainMs,
    lossMicros: toMicros(trained.loss),
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
