/** Protocol version, part of every signed message; peers of another version are refused (T15). */
export const PROTOCOL_VERSION = 3
/** A signed control message on gossipsub, in bytes. */
export const MAX_MESSAGE_BYTES = 65_536
/** Canonical manifest, in bytes; equals the contract's bound. */
export const MAX_MANIFEST_BYTES = 24_576
/** YAML text of a manifest, in bytes. */
export const MAX_MANIFEST_YAML_BYTES = 262_144
/** Nesting of CBOR and YAML values. */
export const MAX_DEPTH = 32
/** Bytes of one blob chunk; each chunk has its own hash. */
export const BLOB_CHUNK_BYTES = 262_144
/** Largest blob of any kind, in bytes: 4 GiB. */
export const MAX_BLOB_BYTES = 4_294_967_296
/** Header of a safetensors file, in bytes. */
export const MAX_SAFETENSORS_HEADER_BYTES = 1_048_576
/** Tensors in one safetensors file. */
export const MAX_TENSORS = 4_096
/** Dimensions of one tensor. */
export const MAX_RANK = 8
/** Weights of one model. */
export const MAX_MODEL_WEIGHTS = 1_000_000_000
/** Layers of one model. */
export const MAX_MODEL_LAYERS = 512
/** Units of one layer. */
export const MAX_LAYER_UNITS = 1_000_000
/** Numbers that describe one row after encoding. */
export const MAX_FEATURES = 10_000_000
/** Activations of one training batch over all layers. */
export const MAX_BATCH_ACTIVATIONS = 100_000_000
/** Columns of a table. */
export const MAX_COLUMNS = 1_000
/** Classes of a task, categories of a column. */
export const MAX_CLASSES = 1_000
/** Categories that silos agree on, all columns together. */
export const MAX_AGREED_CATEGORIES = 1_000
/** Characters of a category, as of every name in a schema. */
export const MAX_NAME_LENGTH = 128
/** Silos of one federation with a pool. */
export const MAX_SILOS = 100
/** Wall-clock skew tolerated in signed messages, in ms. */
export const CLOCK_SKEW_MS = 30_000
/** How long a signed message stays valid after it was sent, in ms. */
export const MESSAGE_LIFETIME_MS = 600_000
/** Rounds of one federation. */
export const MAX_ROUNDS = 10_000
/** Silos up to which every coalition is evaluated exactly. */
export const MAX_EXACT_SILOS = 12
/** Coalitions that one round may evaluate. */
export const MAX_EVALUATIONS = 65_536
/** Recalls that one round may measure, one per class and coalition: the evidence of more could not be read. */
export const MAX_CLASS_RECALLS = 1_500_000
/**
 * Values behind a statistic of a silo, and rows behind a category: of fewer nothing leaves it unless it is asked to. Statistical offices
 * hold back cells of fewer (Hundepool et al. 2012, threshold rule).
 */
export const DISCLOSURE_FLOOR = 10
/** Rows that a silo's own metrics are at least over. */
export const MIN_EVALUATED_ROWS = 10
/** Statistics of all columns of a table, in bytes. */
export const MAX_STATISTICS_BYTES = 1_048_576
/** Rows that one silo may plausibly train on. */
export const MAX_SAMPLES = 1_000_000_000
