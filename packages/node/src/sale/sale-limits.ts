/** Libp2p protocol id of predictions that are paid by vouchers; a change of the wire changes the number. */
export const PREDICT_PROTOCOL = '/fednode/predict/1'
/** Bytes of the features in one request. */
export const MAX_FEATURE_BYTES = 1_048_576
/** A request: features, a voucher, and what CBOR adds. */
export const MAX_REQUEST_BYTES: number = MAX_FEATURE_BYTES + 4_096
/** An answer: predictions, or the manifest. */
export const MAX_ANSWER_BYTES = 4_194_304
/** Rows of one request: each is one use. */
export const MAX_BATCH_ROWS = 4_096
/** How long a provider may take for one batch, in ms: it asks the chain and computes. */
export const ANSWER_MS = 60_000
