import type { Registry } from '@fednode/contracts'
import type { Engine, TrainingRows } from '@fednode/engine'
import type {
  AddressText,
  BlobStore,
  Cid,
  Host,
  HostRules,
  Logger,
  Manifest,
  SignedMessage,
  SiloName,
} from '@fednode/protocol'
import type { ClockWatch } from './clock-watch.ts'
import type { SiloEvent } from './events.ts'
import type { RowReader } from './row-reader.ts'
import type { Signalled } from './signalled.ts'
import type { SiloJournal } from './silo-journal.ts'
import type { SiloState } from './silo-state.ts'
import type { SpoilUpdate } from './spoil-update.ts'
import type { Anchors } from './watch-anchors.ts'

/** Which silo, in which federation, by which manifest: the one that its administrator approved. */
export type SiloOptions = {
  readonly chainId: number
  readonly scenario: AddressText
  readonly name: SiloName
  readonly manifest: Manifest
  readonly manifestCid: Cid
  /** Whether registration was still open when the silo started. */
  readonly registering: boolean
}

export type SiloDeps = {
  createHost(rules: HostRules): Host
  /** Called when the first round opens: an idle silo holds no back end. */
  createEngine(): Promise<Engine>
  readonly dataset: TrainingRows
  /** How the rows are summarised and read again for the statistics step; needed with manifest.preprocessing only. */
  readonly preprocessing?: RowReader
  readonly registry: Pick<
    Registry,
    'refresh' | 'members' | 'memberOf' | 'federatorPeerId' | 'isMember'
  >
  readonly journal: SiloJournal
  readonly blobs: BlobStore
  /** Where the aggregator says it listens: multiaddrs with /p2p/ suffix; empty: it has not said yet. */
  readEndpoint(): Promise<readonly string[]>
  /** Term of the aggregator that the chain says leads; undefined while none ever did. Absent without a chain. */
  readTerm?(): Promise<number | undefined>
  /** What the chain has of the rounds. Absent without a chain. */
  readAnchors?(): Promise<Anchors>
  /** Members to begin with where that leads nowhere, the aggregator or any other: multiaddrs with /p2p/ suffix. */
  readonly bootstrap?: readonly string[]
  /** Only in a simulated attacker: an honest silo has none. */
  readonly spoilUpdate?: SpoilUpdate
  /** Keeps the trained model; returns where. */
  saveModel(bytes: Uint8Array): Promise<string>
  onEvent(event: SiloEvent): void
  readonly logger: Logger
  /** Unix ms. */
  now(): number
  /** Monotonic ms. */
  elapsed(): number
}

/** A silo taking part in one federation. */
export type Silo = {
  /** Resolves when it listens. @throws {UserError} PORT_IN_USE. */
  start(): Promise<void>
  /** Resolves after the last round, or after stop(). Rejects when the silo refuses to go on. */
  readonly done: Promise<void>
  /** Idempotent; nothing is lost, a new start continues the round. */
  stop(): Promise<void>
}

/** What the parts of a running silo share. */
export type SiloRun = {
  readonly options: SiloOptions
  readonly deps: SiloDeps
  readonly host: Host
  readonly state: Signalled<SiloState>
  /** Ids that this silo serves, and to whom. */
  readonly served: { readonly models: Set<Cid>; readonly updates: Set<Cid> }
  /** Own newest announcement, for an aggregator that missed the gossip. */
  readonly announced: { latest?: SignedMessage }
  readonly clock: ClockWatch
  readonly signal: AbortSignal
}
