import type { Cid, PeerIdText } from '@fednode/protocol'
import type { SpoilUpdate } from '../silo/spoil-update.ts'
import type { VotingDeps, VotingOptions, VotingRun } from '../voting/voting-run.ts'
import type { AllianceChain } from './alliance-chain.ts'
import type { AllianceEvent } from './alliance-events.ts'
import type { AllianceJournal } from './alliance-journal.ts'
import type { AlliancePeers } from './alliance-peers.ts'
import type { OwnRows } from './split-own-rows.ts'

/** Which alliance, by which manifest. */
export type AllianceOptions = VotingOptions & {
  /** How long it stays when the alliance is over, for those who have not got the model yet, in ms. */
  readonly lingerMs: number
}

export type AllianceDeps = VotingDeps<AllianceEvent> & {
  readonly chain: AllianceChain
  readonly peers: AlliancePeers
  readonly journal: AllianceJournal
  /** Rows that proposals are trained on, and others that rounds are judged by. */
  readonly data: OwnRows
  /** Only in a simulated attacker. */
  readonly spoilUpdate?: SpoilUpdate
  /** Keeps the trained model; returns where. */
  saveModel(bytes: Uint8Array): Promise<string>
}

/** What the parts of a running node share. */
export type AllianceRun = VotingRun<AllianceOptions, AllianceDeps> & {
  /** Global models go to all participants, a round's contributions to its voters. */
  readonly served: {
    readonly models: Set<Cid>
    contributions: ReadonlySet<Cid>
    voters: ReadonlySet<PeerIdText>
  }
}
