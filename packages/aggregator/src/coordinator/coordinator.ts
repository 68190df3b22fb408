import type { AnchoredRound, BlockRef, Registry } from '@fednode/contracts'
import type { Dataset, Engine, FederationModel } from '@fednode/engine'
import type {
  AddressText,
  BlobStore,
  Cid,
  DataSpec,
  Host,
  HostRules,
  Logger,
  Manifest,
  ModelSpec,
  PeerKey,
  Round,
  Weights,
} from '@fednode/protocol'
import type { FederatorChain } from '../chain/federator-chain.ts'
import type { ChainQueue } from '../chain/queue.ts'
import type { Journal } from '../journal/create-journal.ts'
import type { Leadership } from '../leadership/leadership.ts'
import type { CoordinatorEvent } from '../types.ts'
import type { CollectedRound } from './collect-updates.ts'
import type { MemberWatch } from './member-watch.ts'

/** Which federation, by which manifest. */
export type CoordinatorOptions = {
  readonly chainId: number
  /** Lower case. */
  readonly scenario: AddressText
  readonly manifest: Manifest
  readonly manifestCid: Cid
  /** Name and version of this program, for the evidence. */
  readonly software: string
  /** How long a round's evidence waits for somebody to take it before it is anchored, in ms. @default 10,000 */
  readonly keepMs?: number
  /** Blocks above the last step on the chain that make it final. @default 0 locally, 12 elsewhere */
  readonly confirmations?: number
  /** How often the chain and the operator's wishes are looked at while waiting. @default 500 locally, 5,000 elsewhere */
  readonly pollMs?: number
  /** How often what is said is said again. @default 2,000 */
  readonly announceMs?: number
  /** Longest stay after the last silo asked for the last model: until all of them have gone. @default 10,000 */
  readonly lingerMs?: number
}

export type CoordinatorDeps = {
  createHost(rules: HostRules): Host
  readonly engine: Engine
  /** Absent in a federation without a chain: nothing is anchored or paid. */
  readonly chain?: FederatorChain
  readonly registry: Registry
  readonly journal: Journal
  /** @default countStarts(): alone, without a lease */
  readonly leadership?: Leadership
  /**
   * What the chain anchors, by round. When given, the journal is brought up to what the silos know before rounds are played, see
   * rebuildFromSilos.
   */
  readAnchors?(): Promise<ReadonlyMap<Round, AnchoredRound>>
  readonly blobs: BlobStore
  readonly peerKey: PeerKey
  /** The held-out rows of manifest.contribution.validation. */
  readonly validation: Dataset
  /** The whole model that manifest.training.start names; needed exactly with it, and kept in `blobs` too. */
  readonly start?: Weights
  /** Reads them by a schema that the statistics step filled in; needed with manifest.preprocessing only. */
  loadValidation?(data: DataSpec): Promise<Dataset>
  /** Directory for what a round cannot hold in memory. */
  readonly scratch: string
  readonly logger: Logger
  /** Unix ms. */
  now(): number
  /** Monotonic ms. */
  elapsed(): number
  onEvent(event: CoordinatorEvent): void
  /** Fires when the process is to stop. */
  readonly signal: AbortSignal
}

/** The aggregator's side of one federation, from its registration to its last payment. */
export type Coordinator = {
  /** Resolves when it listens. @throws {UserError} PORT_IN_USE, NOT_THE_FEDERATOR, JOURNAL_BEHIND_CHAIN. @throws {FedError} LEASE_HELD. */
  start(): Promise<void>
  /** Resolves after the last round is settled on chain, or after stop(). Rejects when it cannot go on. */
  readonly done: Promise<void>
  /** Idempotent; nothing is lost, a new start continues the round. */
  stop(): Promise<void>
}

/** What the parts of a running coordinator share. */
export type Run = {
  readonly options: CoordinatorOptions
  readonly deps: CoordinatorDeps
  readonly host: Host
  readonly queue: ChainQueue
  readonly leadership: Leadership
  /** The one that travels. */
  readonly model: ModelSpec
  /** The global model that round 1 begins with. */
  readonly firstModel: FederationModel['first']
  readonly signal: AbortSignal
  /** Ends everything with an error. */
  fail(error: unknown): void
  /** Which blobs members may have, and who asked for the last model. */
  readonly served: Set<Cid>
  /** What the manifest's verifiers may have besides. */
  readonly verified: Set<Cid>
  readonly watch: MemberWatch
  readonly state: RunState
}

/** What changes while it runs; everything durable is in the journal. */
export type RunState = {
  /** 0 before start(). */
  term: number
  /** The held-out rows as models see them. */
  validation: Dataset
  /** The statistics step, while it runs. */
  asking?: { readonly deadline: number }
  /** The newest block that the chain told of; absent before prepare(). */
  head?: BlockRef
  /** The round that this term has opened last; an older one that a crash left open is not spoken of before. */
  announced?: Round
  /** The round that takes updates, or answers to late ones. */
  collecting?: CollectedRound
}
