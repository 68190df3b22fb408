import type { Weights } from '@fednode/protocol'
import type { RoundInput } from '../assessment/aggregate-round.ts'
import { openState } from '../assessment/strategy-state.ts'
import { openUpdates } from '../assessment/update-sources.ts'
import type { VectorPool } from '../assessment/vector-pool.ts'
import type { OpenRound } from '../journal/rounds.ts'
import type { JournaledUpdate } from '../journal/updates.ts'
import type { Run } from './coordinator.ts'

/** Opens what a round is made of: the accepted updates, and the vectors that the round before left. */
export async function roundInputOf(
  { deps, options, model }: Run,
  open: Pick<OpenRound, 'round'>,
  parts: {
    readonly base: Weights
    readonly updates: readonly JournaledUpdate[]
    readonly pool: VectorPool
  },
): Promise<RoundInput> {
  const { base, updates, pool } = parts
  const { manifest } = options
  const { blobs, journal } = deps
  const stored = updates.map(({ silo, samples, update }) => ({
    silo,
    samples,
    bytes: () => blobs.get(update.cid),
  }))
  const before = journal.record(open.round - 1)?.strategyState ?? []
  return {
    manifest,
    model,
    base,
    updates: await openUpdates(stored, { base, manifest, pool }),
    state: await openState(before, { specs: base.specs, blobs, pool }),
    clients: deps.registry.clientCount,
  }
}
