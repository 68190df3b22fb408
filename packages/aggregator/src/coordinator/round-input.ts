import type { Weights } from '@fednode/protocol'
import type { RoundInput } from '../assessment/aggregate-round.ts'
import { openRoundInput } from '../assessment/open-round-input.ts'
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
  const { blobs, journal, registry } = deps
  const stateBefore = journal.record(open.round - 1)?.strategyState ?? []
  const { manifest } = options
  const clients = registry.clientCount
  return openRoundInput({ manifest, model, base, updates, stateBefore, clients }, { blobs, pool })
}
