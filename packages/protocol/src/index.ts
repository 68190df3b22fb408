export type { TensorSpec, Weights } from './codec/weights.ts'
export { sizeOf } from './codec/weights.ts'
export { type ErrorInfo, EXIT_CODES, type Fault, FedError, UserError } from './errors.ts'
export {
  type AddressText,
  type Cid,
  type Digest,
  isSiloName,
  type PeerIdText,
  type Round,
  type SiloName,
} from './ids.ts'
export {
  BLOB_CHUNK_BYTES,
  CLOCK_SKEW_MS,
  MAX_BLOB_BYTES,
  MAX_DEPTH,
  MAX_MANIFEST_BYTES,
  MAX_MANIFEST_YAML_BYTES,
  MAX_MESSAGE_BYTES,
  MAX_MODEL_LAYERS,
  MAX_MODEL_WEIGHTS,
  MAX_RANK,
  MAX_SAFETENSORS_HEADER_BYTES,
  MAX_SILOS,
  MAX_TENSORS,
  MESSAGE_LIFETIME_MS,
  PROTOCOL_VERSION,
} from './limits.ts'
export { type Logger, silentLogger } from './logger.ts'
export type {
  ArrayData,
  ColumnSpec,
  LayerSpec,
  Manifest,
  ModelTopology,
  TabularData,
  TrainingPlan,
} from './manifest/types.ts'
export {
  type BlobRef,
  type Message,
  type MessageScope,
  REFUSAL_CODES,
  type Receipt,
  type RefusalCode,
  type RoundOpen,
  type RoundResult,
  type SignedMessage,
  type SiloContribution,
  type UpdateReady,
  type Verdict,
} from './messages/types.ts'
export type { BlobStore, Host, HostRules, TransferProgress } from './transport/types.ts'
