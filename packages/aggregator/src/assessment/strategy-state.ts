import {
  type BlobRef,
  type BlobStore,
  decodeWeights,
  encodeWeights,
  type TensorSpec,
} from '@fednode/protocol'
import type { ValueSource } from '../strategies/types.ts'
import type { VectorPool } from './vector-pool.ts'
import { readAll } from './whole-model.ts'

/** One vector that a strategy carries from a round to the next, as a blob in the form of the model's weights. */
export type StateRef = { readonly name: string; readonly blob: BlobRef }

/** Stores the vectors that a round leaves, one after the other, by name. */
export async function storeState(
  state: ReadonlyMap<string, ValueSource>,
  options: { readonly specs: readonly TensorSpec[]; readonly blobs: Pick<BlobStore, 'put'> },
): Promise<readonly StateRef[]> {
  const { specs, blobs } = options
  const refs: StateRef[] = []
  for (const [name, vector] of [...state].sort(([a], [b]) => (a < b ? -1 : 1))) {
    refs.push({ name, blob: await blobs.put(encodeWeights({ specs, values: readAll(vector) })) })
  }
  return refs
}

/**
 * Opens the vectors that the round before left.
 * @throws {BlobError} BLOB_NOT_FOUND, BLOB_CORRUPT. @throws {CodecError} when a blob is no vector of this model.
 */
export async function openState(
  refs: readonly StateRef[],
  options: {
    readonly specs: readonly TensorSpec[]
    readonly blobs: Pick<BlobStore, 'get'>
    readonly pool: VectorPool
  },
): Promise<ReadonlyMap<string, ValueSource>> {
  const { specs, blobs, pool } = options
  const state = new Map<string, ValueSource>()
  for (const { name, blob } of refs) {
    const { values } = decodeWeights(await blobs.get(blob.cid), specs)
    const vector = pool.create(values.length)
    vector.write(0, values)
    state.set(name, vector)
  }
  return state
}
