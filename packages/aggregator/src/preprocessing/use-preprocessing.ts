import { fillData, parsePreprocessing } from '@fednode/protocol'
import { AggregatorError } from '../aggregator-error.ts'
import type { Run } from '../coordinator/coordinator.ts'

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
