export { decodeCanonical, encodeCanonical } from './codec/canonical.ts'
export { decodeWeights } from './codec/decode-weights.ts'
export { encodeWeights, maxWeightsBytes } from './codec/encode-weights.ts'
export { CodecError, type CodecErrorInfo } from './codec/errors.ts'
export { isForbiddenKey } from './codec/forbidden-keys.ts'
export {
  decodeSafetensors,
  decodeSafetensorsNotes,
  encodeSafetensors,
} from './codec/safetensors.ts'
export { parseStrictJson } from './codec/strict-json.ts'
export type { Dtype, NamedTensor, Tensor } from './codec/tensor.ts'
export type { TensorSpec, Weights } from './codec/weights.ts'
export { countValues, sizeOf } from './codec/weights.ts'
export { decodeUpdate } from './compression/decode-update.ts'
export { type EncodedUpdate, encodeUpdate } from './compression/encode-update.ts'
export { maxUpdateBytes } from './compression/max-update-bytes.ts'
export { type ErrorInfo, EXIT_CODES, type Fault, FedError, UserError } from './errors.ts'
export {
  type AddressText,
  type Cid,
  type CidCodec,
  cidFromDigest,
  cidOfBytes,
  cidOfObject,
  type Digest,
  digestOfCid,
  isCid,
  isSiloName,
  type PeerIdText,
  parseCid,
  type Round,
  type SiloName,
} from './ids.ts'
export { IdError, type IdErrorInfo } from './ids-error.ts'
export type { ChainInvite, Invite, MemberInvite, SignedInvite } from './invite/invite.ts'
export {
  decodeInvite,
  encodeInvite,
  INVITE_PREFIX,
  MAX_INVITE_ADDRESSES,
} from './invite/invite-text.ts'
export {
  BLOB_CHUNK_BYTES,
  CLOCK_SKEW_MS,
  MAX_BLOB_BYTES,
  MAX_CLASSES,
  MAX_DEPTH,
  MAX_EVALUATIONS,
  MAX_EXACT_SILOS,
  MAX_MANIFEST_BYTES,
  MAX_MANIFEST_YAML_BYTES,
  MAX_MESSAGE_BYTES,
  MAX_MODEL_LAYERS,
  MAX_RANK,
  MAX_ROUNDS,
  MAX_SAFETENSORS_HEADER_BYTES,
  MAX_SAMPLES,
  MAX_SILOS,
  MAX_STATISTICS_BYTES,
  MAX_TENSORS,
  MESSAGE_LIFETIME_MS,
  MIN_EVALUATED_ROWS,
  PROTOCOL_VERSION,
} from './limits.ts'
export { type Logger, silentLogger } from './logger.ts'
export type { Adaptation, Adapters } from './manifest/adaptation.ts'
export { type CheckedManifest, checkManifest } from './manifest/check.ts'
export { checkModel } from './manifest/check-model.ts'
export { columnWidth } from './manifest/column-width.ts'
export type {
  ArrayData,
  ClassLabel,
  ColumnSpec,
  DataSpec,
  PreprocessingSpec,
  SeriesData,
  SurvivalLabel,
  TabularData,
  TaskName,
  TextData,
  ValueLabel,
} from './manifest/data-types.ts'
export { DEFAULT_PROXIMAL } from './manifest/default-proximal.ts'
export { decodeManifest, encodeManifest } from './manifest/encode.ts'
export { ManifestError, type ManifestErrorInfo } from './manifest/errors.ts'
export { type ExplainContext, type ExplainedLine, explainManifest } from './manifest/explain.ts'
export { classesOf, featureShapeOf } from './manifest/feature-shape.ts'
export { formatManifestYaml } from './manifest/format-yaml.ts'
export { type ManifestIssue, printIssue } from './manifest/issue.ts'
export { layerNames } from './manifest/layer-names.ts'
export {
  countShared,
  type LayerPart,
  layerParts,
  travelsInPart,
} from './manifest/layer-parts.ts'
export { type LayerShape, layerShape, type UnfitLayer } from './manifest/layer-shape.ts'
export { learningRateAt } from './manifest/learning-rate.ts'
export {
  defaultStrategy,
  ESTIMATOR_NAMES,
  METRIC_NAMES,
  STRATEGY_NAMES,
  UTILITY_NAMES,
} from './manifest/method-names.ts'
export { type ModelSpec, modelSpecOf } from './manifest/model-spec.ts'
export { type Objective, outputsOf } from './manifest/objective.ts'
export { parseData } from './manifest/parse-data.ts'
export { parseManifestYaml } from './manifest/parse-yaml.ts'
export { type OwnRows, PLAN_FLOORS, type PlanWarning } from './manifest/plan-warning.ts'
export { readTopology } from './manifest/read-topology.ts'
export { localModelOf, sharedModelOf } from './manifest/shared-model.ts'
export { minimumSilos } from './manifest/strategy-limits.ts'
export { taskOf } from './manifest/task-rules.ts'
export { countWeights } from './manifest/topology.ts'
export type {
  Activation,
  LayerConfigs,
  LayerName,
  LayerSpec,
  ModelTopology,
} from './manifest/topology-types.ts'
export type { RateSchedule, TrainingPlan } from './manifest/training-types.ts'
export type {
  ChainManifest,
  CompressionSpec,
  ContributionSpec,
  EstimationBudget,
  EstimatorName,
  Manifest,
  MemberManifest,
  MetricName,
  RewardTerms,
  StrategyName,
  StrategySpec,
  UtilityName,
  Weighting,
} from './manifest/types.ts'
export { planWarnings } from './manifest/warnings.ts'
export { allianceScope } from './messages/alliance-scope.ts'
export { type Membership, signBinding, verifyBinding } from './messages/binding.ts'
export { type MessageCode, MessageError, type MessageErrorInfo } from './messages/errors.ts'
export { metricTexts, parseMetrics } from './messages/metric-texts.ts'
export { checkScope, type ExpectedScope, type ScopeCode } from './messages/scope.ts'
export {
  encodeSignedMessage,
  type OpenedMessage,
  openSignedMessage,
  signMessage,
} from './messages/signed.ts'
export { taskScope } from './messages/task-scope.ts'
export {
  type BlobRef,
  type Message,
  type MessageScope,
  type OpeningBlock,
  REFUSAL_CODES,
  type Receipt,
  type RefusalCode,
  type RoundOpen,
  type RoundResult,
  type RoundSample,
  type SignedMessage,
  type SiloContribution,
  STATISTICS_ROUND,
  type StatisticsOpen,
  type UpdateReady,
  type Verdict,
} from './messages/types.ts'
export { NumberError, type NumberErrorInfo } from './number-error.ts'
export { fromMicros, fromPico, toMicros, toPico } from './numbers.ts'
export { isPeerId, peerIdFromPublicKey, publicKeyOfPeerId } from './peer-id.ts'
export { createPeerKey, generatePeerKey, type PeerKey } from './peer-key.ts'
export { askedStatistics } from './preprocessing/asked-columns.ts'
export type { CategoryCounts } from './preprocessing/category-counts.ts'
export { PreprocessingError, type PreprocessingErrorInfo } from './preprocessing/errors.ts'
export { fillData } from './preprocessing/fill-data.ts'
export { hideRare } from './preprocessing/hide-rare.ts'
export { createMoments, type Moments } from './preprocessing/moments.ts'
export {
  encodePreprocessing,
  type Preprocessing,
  parsePreprocessing,
  poolStatistics,
} from './preprocessing/preprocessing.ts'
export { sendableCounts } from './preprocessing/sendable-counts.ts'
export {
  aboveFloor,
  encodeSiloStatistics,
  parseSiloStatistics,
  type SiloStatistics,
} from './preprocessing/silo-statistics.ts'
export { printable } from './printable.ts'
export {
  type CheckedUpdate,
  checkUpdateContent,
} from './rounds/check-update-content.ts'
export {
  type Announcement,
  checkUpdateReady,
  isCopy,
  isPeerFault,
  type Taken,
} from './rounds/check-update-ready.ts'
export { drawSample } from './rounds/draw-sample.ts'
export { patienceFor } from './rounds/patience-for.ts'
export {
  type AnnouncedUpdate,
  isRoundComplete,
  MAX_UPDATE_TRIES,
  mayAggregate,
  openRound,
  type RoundPhase,
  type RoundPlan,
  type RoundState,
  type UpdateEntry,
} from './rounds/round.ts'
export {
  createSiloRounds,
  raiseTerm,
  type SiloDecision,
  type SiloRounds,
  type SiloStep,
  stepSilo,
} from './rounds/silo-rounds.ts'
export {
  type Equivocation,
  type NotedStatement,
  noteStatement,
  type Statement,
  type StatementLedger,
} from './rounds/statements.ts'
export {
  type RoundDecision,
  type RoundEvent,
  type RoundStep,
  stepRound,
} from './rounds/step-round.ts'
export { targetSilos } from './rounds/target-silos.ts'
export { SHARE_UNITS, sharesOf } from './shares.ts'
export { type Asker, createAsker } from './transport/asker.ts'
export { type BlobDescriptor, cidOfBlob } from './transport/blob-descriptor.ts'
export { BlobError, type BlobErrorInfo } from './transport/blob-error.ts'
export { blobFileName } from './transport/blob-file-name.ts'
export { createBlobStore } from './transport/blob-store.ts'
export type { Departure, OnDeparture } from './transport/departure.ts'
export { createHost, type HostDeps, type HostOptions } from './transport/host.ts'
export { createMemoryBlobStore } from './transport/memory-blob-store.ts'
export type { PeerConnection } from './transport/peer-connection.ts'
export { checkPrivateMode } from './transport/private-mode.ts'
export { readStoredBlob } from './transport/read-stored-blob.ts'
export { createRelay, type Relay } from './transport/relay.ts'
export { createService, type Service } from './transport/service.ts'
export {
  type RefusalReason,
  TransportError,
  type TransportErrorInfo,
  type UnreachableReason,
} from './transport/transport-error.ts'
export type {
  BlobReader,
  BlobStore,
  BlobWriter,
  Host,
  HostRules,
  TransferProgress,
} from './transport/types.ts'
