import type { BlobRef, BlobStore, Manifest, ModelSpec, SiloName, Weights } from '@fednode/protocol'
import type { RoundInput } from './aggregate-round.ts'
import { openState, type StateRef } from './strategy-state.ts'
import { openUpdates } from './update-sources.ts'
import type { VectorPool } from './vector-pool.ts'

/** What a round is made of, by reference into the blob store. */
export type StoredRound = {
  readonly manifest: Manifest
  readonly model: ModelSpec
  readonly base: Weights
  readonly updates: readonly {
    readonly silo: SiloName
    readonly samples: number
    readonly update: BlobRef
  }[]
  /** The strategy's vectors that the round before left. */
  readonly stateBefore: readonly StateRef[]
  /** Silos that may take part. */
  readonly clients: number
}

/**
 * Opens a round's updates and state: the same for whoever aggregates and for whoever verifies.
 * @throws {BlobError} when one is not in the store. @throws {CodecError} when one is no vector of this model.
 */
export async function openRoundInput(
  round: StoredRound,
  { blobs, pool }: { readonly blobs: Pick<BlobStore, 'get'>; readonly pool: VectorPool },
): Promise<RoundInput> {
  const { manifest, model, base, updates, stateBefore, clients } = round
  const stored = updates.map(({ silo, samples, update }) => ({
    silo,
    samples,
    bytes: () => blobs.get(update.cid),
  }))
  return {
    manifest,
    model,
    base,
    updates: await openUpdates(stored, { base, manifest, pool }),
    state: await openState(stateBefore, { specs: base.specs, blobs, pool }),
    clients,
  }
}
