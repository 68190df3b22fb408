import type { Engine } from '@fednode/engine'
import type {
  AddressText,
  BlobStore,
  Cid,
  Host,
  HostRules,
  Logger,
  Manifest,
  ModelSpec,
  PeerIdText,
} from '@fednode/protocol'
import type { SpoilUpdate } from '../silo/spoil-update.ts'
import type { AllianceChain } from './alliance-chain.ts'
import type { AllianceEvent } from './alliance-events.ts'
import type { AllianceJournal } from './alliance-journal.ts'
import type { AlliancePeers } from './alliance-peers.ts'
import type { OwnRows } from './split-own-rows.ts'

/** Which alliance, by which manifest. */
export type AllianceOptions = {
  readonly manifest: Manifest
  /** See allianceScope. */
  readonly scope: AddressText
  /** How often the chain is asked, in ms. */
  readonly pollMs: number
  /** How long a participant waits for the one before it to take the alliance on: longer than a transaction takes to be seen, in ms. */
  readonly turnMs: number
  /** How long it stays when the alliance is over, for those who have not got the model yet, in ms. */
  readonly lingerMs: number
  /** Members to begin with: multiaddrs with /p2p/ suffix. */
  readonly bootstrap: readonly string[]
}

export type AllianceDeps = {
  readonly chain: AllianceChain
  readonly peers: AlliancePeers
  readonly journal: AllianceJournal
  readonly blobs: BlobStore
  createHost(rules: HostRules): Host
  /** Called for the first duty: a node that is not drawn holds no back end. */
  createEngine(): Promise<Engine>
  /** Rows that proposals are trained on, and others that rounds are judged by. */
  readonly data: OwnRows
  /** Only in a simulated attacker. */
  readonly spoilUpdate?: SpoilUpdate
  /** 32 random bytes that nobody can guess. */
  drawSalt(): Uint8Array
  /** Keeps the trained model; returns where. */
  saveModel(bytes: Uint8Array): Promise<string>
  onEvent(event: AllianceEvent): void
  readonly logger: Logger
  /** Monotonic ms. */
  elapsed(): number
}

/** What the parts of a running node share. */
export type AllianceRun = {
  readonly options: AllianceOptions
  readonly deps: AllianceDeps
  readonly host: Host
  readonly model: ModelSpec
  engine(): Promise<Engine>
  /** Global models go to all participants, a round's contributions to its voters. */
  readonly served: {
    readonly models: Set<Cid>
    contributions: ReadonlySet<Cid>
    voters: ReadonlySet<PeerIdText>
  }
  readonly signal: AbortSignal
}
