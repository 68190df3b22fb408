import { checkUpdateContent, type Weights } from '@fednode/protocol'
import { AggregatorError } from '../aggregator-error.ts'
import type { JournaledUpdate } from '../journal/updates.ts'
import type { Run } from './coordinator.ts'

/** An update with its weights in memory. */
export type LoadedUpdate = { readonly update: JournaledUpdate; readonly weights: Weights }

/** Reads the accepted updates once more, through the same checks that let them in. */
export async function loadUpdates(
  { deps, options }: Run,
  updates: readonly JournaledUpdate[],
  base: Weights,
): Promise<readonly LoadedUpdate[]> {
  const loaded: LoadedUpdate[] = []
  for (const update of updates) {
    const bytes = await deps.blobs.get(update.update.cid)
    const checked = checkUpdateContent(bytes, { base, maxNorm: options.manifest.limits.updateNorm })
    if (!checked.ok) {
      const message = `the accepted update of ${update.silo} does not pass its checks any more: ${checked.detail}`
      throw new AggregatorError(message, { code: 'UPDATE_CHANGED', silo: update.silo })
    }
    loaded.push({ update, weights: checked.weights })
  }
  return loaded
}
