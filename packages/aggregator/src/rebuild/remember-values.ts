import { decodeWeights } from '@fednode/protocol'
import { openRoundInput } from '../assessment/open-round-input.ts'
import { createVectorPool, memorySource } from '../assessment/vector-pool.ts'
import { detectFreeRiders } from '../detection/detect-free-riders.ts'
import type { Evidence } from '../evidence/evidence.ts'
import type { RebuildParts } from './rebuild-parts.ts'

/** Remembers the values of a rebuilt round's updates, all of which are in the store, so that none is taken again in a later round (T32). */
export async function rememberValues(evidence: Evidence, parts: RebuildParts): Promise<void> {
  const { blobs, engine, manifest, model, scratch, journal } = parts
  const { round, silos: updates, stateBefore, shares } = evidence
  if (updates.length === 0) return
  const pool = createVectorPool(scratch)
  try {
    const base = decodeWeights(await blobs.get(evidence.base.cid), engine.weightSpecs(model))
    const stored = { manifest, model, base, updates, stateBefore, clients: shares.length }
    const input = await openRoundInput(stored, { blobs, pool })
    const { digests } = detectFreeRiders({
      base: memorySource(base.values),
      updates: input.updates,
      earlier: () => undefined,
    })
    updates.forEach(({ silo }, i) => {
      const digest = digests[i]
      if (digest !== undefined) journal.saveValues({ round, silo }, digest)
    })
  } finally {
    pool.close()
  }
}
