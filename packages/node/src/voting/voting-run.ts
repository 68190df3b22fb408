import type { Engine } from '@fednode/engine'
import type {
  AddressText,
  BlobStore,
  Host,
  HostRules,
  Logger,
  Manifest,
  ModelSpec,
} from '@fednode/protocol'
import type { Pace } from './pace-of.ts'

/** Where a node votes, by which manifest. */
export type VotingOptions = Pace & {
  readonly manifest: Manifest
  /** See allianceScope, taskScope. */
  readonly scope: AddressText
  /** Members to begin with: multiaddrs with /p2p/ suffix. */
  readonly bootstrap: readonly string[]
}

/** What every node that votes needs. */
export type VotingDeps<Event> = {
  readonly blobs: BlobStore
  createHost(rules: HostRules): Host
  /** Called for the first duty: a node that has none holds no back end. */
  createEngine(): Promise<Engine>
  /** 32 random bytes that nobody can guess. */
  drawSalt(): Uint8Array
  onEvent(event: Event): void
  readonly logger: Logger
  /** Monotonic ms. */
  elapsed(): number
}

/** What the parts of a running node share. */
export type VotingRun<Options, Deps> = {
  readonly options: Options
  readonly deps: Deps
  readonly host: Host
  readonly model: ModelSpec
  engine(): Promise<Engine>
  readonly signal: AbortSignal
}
