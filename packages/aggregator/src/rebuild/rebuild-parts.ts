import type { AnchoredRound } from '@fednode/contracts'
import type { Dataset, Engine, FederationModel } from '@fednode/engine'
import type {
  AddressText,
  BlobStore,
  Cid,
  Logger,
  Manifest,
  ModelSpec,
  PeerKey,
  Round,
} from '@fednode/protocol'
import type { Settlement } from '../chain/federator-chain.ts'
import type { CoordinatorDeps } from '../coordinator/coordinator.ts'
import type { EvidenceSigners } from '../evidence/check-evidence.ts'
import type { ChainWork } from '../journal/chain-task.ts'
import type { Journal } from '../journal/create-journal.ts'
import type { RebuildSource } from './rebuild-source.ts'

/** What a journal is rebuilt from, and where into. */
export type RebuildParts = {
  readonly chainId: number
  readonly scenario: AddressText
  readonly manifest: Manifest
  readonly manifestCid: Cid
  /** The one that travels. */
  readonly model: ModelSpec
  /** The global model that round 1 begins with. */
  readonly firstModel: FederationModel['first']
  /** The federator's own: a round's secret follows from it. */
  readonly peerKey: PeerKey
  /** Who may have signed what, from the registry. */
  readonly signers: EvidenceSigners
  readonly source: RebuildSource
  readonly journal: Journal
  readonly blobs: BlobStore
  readonly engine: Engine
  /** The held-out rows of manifest.contribution.validation. */
  readonly validation: Dataset
  /** Reads them by a schema that the statistics step filled in. */
  readonly loadValidation?: CoordinatorDeps['loadValidation']
  /** Directory for what memory does not hold. */
  readonly scratch: string
  readonly logger: Logger
  /** Outcomes that the chain holds, by round. */
  readonly anchors: ReadonlyMap<Round, AnchoredRound>
  /** What the chain is to hear of a round; nothing where there is none. */
  anchoring(work: readonly ChainWork[]): readonly ChainWork[]
  /** Rounds that are over on the chain. */
  readonly settlements: readonly Settlement[]
}
