import type { Engine, TrainingRows } from '@fednode/engine'
import type {
  AddressText,
  BlobStore,
  Cid,
  Host,
  HostRules,
  Logger,
  Manifest,
  MetricName,
  ModelSpec,
} from '@fednode/protocol'
import type { ArenaChain } from './arena-chain.ts'
import type { ArenaEvent } from './arena-events.ts'
import type { ArenaJournal } from './arena-journal.ts'
import type { ArenaPeers } from './arena-peers.ts'

/** Which task, by which manifest, as what. */
export type ArenaOptions = {
  readonly role: 'node' | 'validator'
  readonly manifest: Manifest
  /** What models are scored by. */
  readonly metric: MetricName
  /** See taskScope. */
  readonly scope: AddressText
  /** Least own stake of the role, wei. */
  readonly leastStake: bigint
  /** How often the chain is asked, in ms. */
  readonly pollMs: number
  /** How long a member waits for the one before it to take the task on: longer than a transaction takes to be seen, in ms. */
  readonly turnMs: number
  /** Members to begin with: multiaddrs with /p2p/ suffix. */
  readonly bootstrap: readonly string[]
}

export type ArenaDeps = {
  readonly chain: ArenaChain
  readonly peers: ArenaPeers
  readonly journal: ArenaJournal
  readonly blobs: BlobStore
  createHost(rules: HostRules): Host
  /** Called for the first duty: a member that has none holds no back end. */
  createEngine(): Promise<Engine>
  /** Rows that a node trains on, or that a validator judges by. */
  readonly data: TrainingRows
  /** 32 random bytes that nobody can guess. */
  drawSalt(): Uint8Array
  onEvent(event: ArenaEvent): void
  readonly logger: Logger
  /** Monotonic ms. */
  elapsed(): number
}

/** What the parts of a running member share. */
export type ArenaRun = {
  readonly options: ArenaOptions
  readonly deps: ArenaDeps
  readonly host: Host
  readonly model: ModelSpec
  engine(): Promise<Engine>
  /** Models of the round that is frozen: validators may have them. */
  readonly served: { models: ReadonlySet<Cid> }
  readonly signal: AbortSignal
}

/** The part of a running member that its host's rules see. */
export type ArenaServed = ArenaRun['served']
