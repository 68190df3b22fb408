import {
  type BlobRef,
  encodePreprocessing,
  parseSiloStatistics,
  poolStatistics,
} from '@fednode/protocol'
import type { Run } from '../coordinator/coordinator.ts'
import { untilReady } from '../coordinator/prepare.ts'
import { untilLeading } from '../leadership/until-leading.ts'
import { collectStatistics } from './collect-statistics.ts'
import { usePreprocessing } from './use-preprocessing.ts'

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
