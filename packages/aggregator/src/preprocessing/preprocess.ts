import {
  type BlobRef,
  encodePreprocessing,
  fillData,
  parsePreprocessing,
  parseSiloStatistics,
  poolStatistics,
} from '@fednode/protocol'
import { AggregatorError } from '../aggregator-error.ts'
import type { Run } from '../coordinator/coordinator.ts'
import { untilReady } from '../coordinator/prepare.ts'
import { untilLeading } from '../leadership/until-leading.ts'
import { collectStatistics } from './collect-statistics.ts'

/**
 * The statistics step, before round 1: silos send moments of their columns, their pooled means and deviations become part of the schema for
 * everybody. What came in and what came of it is journaled, so that a restart goes on with it and never asks for something else. Nothing
 * happens where the manifest has no preprocessing, or it is done.
 */
export async function preprocess(run: Run): Promise<void> {
  const { deps, options, signal } = run
  if (options.manifest.preprocessing === undefined) return
  const { minSilos } = options.manifest.rounds
  while (deps.journal.preprocessing() === undefined) {
    await untilReady(run)
    await untilLeading(run)
    if (signal.aborted) return
    if (deps.journal.statistics().length < run.deps.registry.members().length) {
      await collectStatistics(run)
    }
    if (signal.aborted) return
    if (deps.journal.statistics().length < minSilos) continue
    await untilLeading(run)
    deps.journal.savePreprocessing(await pool(run))
  }
  delete run.state.asking
  await usePreprocessing(run)
}

/** Reads the held-out rows by what the step gave, and serves it; nothing before the step is done. */
export async function usePreprocessing({ deps, options, served, state }: Run): Promise<void> {
  const { manifest, manifestCid } = options
  const ref = deps.journal.preprocessing()
  if (ref === undefined || manifest.preprocessing === undefined) return
  if (deps.loadValidation === undefined) {
    const message = 'the held-out rows cannot be read by the pooled statistics'
    throw new AggregatorError(message, { code: 'PREPROCESSING_UNUSABLE' })
  }
  const found = parsePreprocessing(await deps.blobs.get(ref.cid), { manifest, manifestCid })
  state.validation = await deps.loadValidation(fillData(manifest, found))
  served.add(ref.cid)
}

async function pool({ deps, options }: Run): Promise<BlobRef> {
  const { manifest, manifestCid } = options
  const statistics = await Promise.all(
    deps.journal.statistics().map(async ({ silo, update }) => {
      const bytes = await deps.blobs.get(update.cid)
      return parseSiloStatistics(bytes, { manifest, manifestCid, silo })
    }),
  )
  return deps.blobs.put(encodePreprocessing(poolStatistics({ manifest, manifestCid }, statistics)))
}
