import { type BlobRef, decodeWeights, encodeWeights } from '@fednode/protocol'
import { aggregateRound } from '../assessment/aggregate-round.ts'
import { openRoundInput } from '../assessment/open-round-input.ts'
import { storeState } from '../assessment/strategy-state.ts'
import { createVectorPool } from '../assessment/vector-pool.ts'
import type { Evidence } from '../evidence/evidence.ts'
import type { FoundRound } from './find-rounds.ts'
import { contradiction, incomplete, type MissingPiece } from './rebuild-error.ts'
import type { RebuildParts } from './rebuild-parts.ts'
import type { PieceKind } from './rebuild-source.ts'

/**
 * Brings what a round left into the store: its model, what its strategy keeps, and as many of its updates as somebody has. A model or a
 * state that nobody keeps is made again from the updates.
 * @param found - the base of its round and the state before it are in the store.
 * @returns the updates that nobody gives; they are missed only by whoever verifies, and by the search for replays.
 * @throws {UserError} REBUILD_INCOMPLETE (network), REBUILD_CONTRADICTION (refused).
 */
export async function obtainRound(
  { evidence }: FoundRound,
  parts: RebuildParts,
): Promise<readonly MissingPiece[]> {
  const { round, model, stateAfter, silos } = evidence
  const lacking = async (
    wanted: readonly { readonly ref: BlobRef; readonly kind: PieceKind }[],
  ) => {
    const missing: MissingPiece[] = []
    for (const { ref, kind } of wanted) {
      const isHere = (await parts.blobs.has(ref.cid)) || (await parts.source.fetch(ref, kind))
      if (!isHere) missing.push({ round, kind, ref })
    }
    return missing
  }
  const results = await lacking([
    { ref: model, kind: 'model' },
    ...stateAfter.map(({ blob }) => ({ ref: blob, kind: 'state' as const })),
  ])
  const updates = await lacking(
    silos.map(({ silo, update }) => ({ ref: update, kind: { updateOf: silo } })),
  )
  if (results.length === 0) return updates
  if (updates.length > 0) throw incomplete([...results, ...updates])
  await makeAgain(evidence, parts)
  return []
}

async function makeAgain(evidence: Evidence, parts: RebuildParts): Promise<void> {
  const { blobs, engine, manifest, model, scratch } = parts
  const pool = createVectorPool(scratch)
  try {
    const base = decodeWeights(await blobs.get(evidence.base.cid), engine.weightSpecs(model))
    const { silos: updates, stateBefore, shares } = evidence
    const stored = { manifest, model, base, updates, stateBefore, clients: shares.length }
    const made = await aggregateRound(await openRoundInput(stored, { blobs, pool }), pool)
    const { cid } = await blobs.put(encodeWeights(made.weights))
    const state = await storeState(made.state, { specs: base.specs, blobs })
    const stateCids = state.map(({ blob }) => blob.cid).join()
    const expected = evidence.stateAfter.map(({ blob }) => blob.cid).join()
    if (cid === evidence.model.cid && stateCids === expected) return
    throw contradiction(evidence.round, 'its updates give another model or state')
  } finally {
    pool.close()
  }
}
