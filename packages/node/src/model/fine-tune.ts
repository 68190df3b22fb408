import {
  type Engine,
  type Metrics,
  splitRows,
  type TrainingProgress,
  type TrainingRows,
} from '@fednode/engine'
import {
  localModelOf,
  type Manifest,
  modelSpecOf,
  type TrainingPlan,
  type Weights,
} from '@fednode/protocol'
import { overlapOf } from '../plan/overlap-of.ts'
import type { FoundModel } from './found-model.ts'

/** How a model is trained further. */
export type FineTuning = {
  readonly epochs: number
  readonly learningRate: number
  /** Layers that stay as they are, instead of what the manifest freezes and gives adapters. */
  readonly freeze?: readonly string[]
  /** Part of the rows that is held back to measure on, between 0 and 1. */
  readonly hold: number
  readonly seed: number
}

/** A model on the rows that were held back. */
export type Measurement = { readonly loss: number; readonly metrics: Metrics }

/** A model that was trained further. */
export type FineTuned = {
  /** All of them. */
  readonly weights: Weights
  readonly rows: { readonly trained: number; readonly held: number }
  readonly before: Measurement
  readonly after: Measurement
}

/**
 * Trains a model further by the manifest's plan, on some rows, and measures it on the others: of a series on the last windows of each group,
 * which have no reading in common with those that were trained on.
 * @throws {EngineError} BAD_PLAN when there are too few rows or groups; as Engine.train.
 */
export async function fineTune(
  { manifest, data, weights }: Pick<FoundModel, 'manifest' | 'data' | 'weights'>,
  rows: TrainingRows,
  {
    engine,
    signal,
    onProgress,
    ...tuning
  }: FineTuning & {
    readonly engine: Engine
    readonly signal: AbortSignal
    onProgress(progress: TrainingProgress): void
  },
): Promise<FineTuned> {
  const { hold: share, seed } = tuning
  const { trained, held } = await splitRows(rows, { share, seed, ...overlapOf(data) })
  try {
    const measure = (measured: Weights): Measurement => {
      const { loss, metrics } = engine.evaluate(modelSpecOf(manifest), measured, held)
      return { loss, metrics }
    }
    const before = measure(weights)
    const model = localModelOf(withFrozen(manifest, tuning.freeze), weights.values)
    const start = model.adaptation === undefined ? weights : engine.initialWeights(model, seed)
    const plan = planOf(manifest, tuning)
    const made = await engine.train(model, start, trained, { plan, seed, signal, onProgress })
    const after = engine.fullWeights(model, made.weights)
    return {
      ...{ weights: after, before, after: measure(after) },
      rows: { trained: made.samples, held: held.count },
    }
  } finally {
    for (const part of [trained, held]) if ('file' in part) part.file.close()
  }
}

/** What is shared and what is personal makes no difference to who trains alone. */
function withFrozen(manifest: Manifest, freeze: readonly string[] | undefined): Manifest {
  if (freeze === undefined) return manifest
  const { adapters: _, ...training } = manifest.training
  return { ...manifest, training: { ...training, freeze } }
}

/** The manifest's, for so many passes. */
function planOf({ training }: Manifest, { epochs, learningRate }: FineTuning): TrainingPlan {
  const { steps: _, schedule: __, ...plan } = training
  return { ...plan, epochs, learningRate }
}
