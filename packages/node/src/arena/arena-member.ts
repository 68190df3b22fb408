import type { TrainingRows } from '@fednode/engine'
import type { Cid, MetricName } from '@fednode/protocol'
import type { VotingDeps, VotingOptions, VotingRun } from '../voting/voting-run.ts'
import type { ArenaChain } from './arena-chain.ts'
import type { ArenaEvent } from './arena-events.ts'
import type { ArenaJournal } from './arena-journal.ts'
import type { ArenaPeers } from './arena-peers.ts'

/** Which task, by which manifest, as what. */
export type ArenaOptions = VotingOptions & {
  readonly role: 'node' | 'validator'
  /** What models are scored by. */
  readonly metric: MetricName
  /** Least own stake of the role, wei. */
  readonly leastStake: bigint
}

export type ArenaDeps = VotingDeps<ArenaEvent> & {
  readonly chain: ArenaChain
  readonly peers: ArenaPeers
  readonly journal: ArenaJournal
  /** Rows that a node trains on, or that a validator judges by. */
  readonly data: TrainingRows
}

/** What the parts of a running member share. */
export type ArenaRun = VotingRun<ArenaOptions, ArenaDeps> & {
  /** Models of the round that is frozen: validators may have them. */
  readonly served: { models: ReadonlySet<Cid> }
}

/** The part of a running member that its host's rules see. */
export type ArenaServed = ArenaRun['served']
