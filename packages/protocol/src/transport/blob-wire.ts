import { z } from 'zod'
import { encodeCanonical } from '../codec/canonical.ts'
import { type Cid, isCid } from '../ids.ts'
import { MAX_BLOB_BYTES } from '../limits.ts'
import { bytesOfBitField } from './bit-field.ts'
import { countChunks, isBlobSize } from './blob-descriptor.ts'
import { decodeHeader } from './decode-header.ts'
import { BATCH_CHUNKS, MAX_ASK_BYTES, MAX_HEADER_BYTES } from './limits.ts'

const MAX_CHUNKS = countChunks(MAX_BLOB_BYTES)
const bits = z
  .custom<Uint8Array>((value) => value instanceof Uint8Array)
  .refine((bytes) => bytes.length <= bytesOfBitField(MAX_CHUNKS))

/** First frame of a blob stream, from who wants it. */
const requestSchema = z.strictObject({
  cid: z.custom<Cid>(isCid),
  /** Length as announced; a provider that knows another one says so instead of sending. */
  size: z.custom<number>(isBlobSize),
  /** Whether the descriptor shall come. */
  descriptor: z.boolean(),
})

/** Second frame, from who has it; after OK follows the descriptor (when asked for) as a frame. */
const answerSchema = z.strictObject({
  answer: z.enum(['OK', 'NOT_FOUND', 'REFUSED', 'WRONG_SIZE', 'BAD_REQUEST']),
  /** Chunks that are here, when it is not all of them. */
  have: bits.optional(),
})

/** Then, as often as the asker likes: which chunks may come. */
const askSchema = z.strictObject({
  /** Chunks of which the provider chooses. */
  want: bits,
  /** How many may come. */
  most: z.number().int().min(0).max(BATCH_CHUNKS),
  /**
   * `now`: whatever the provider has. `soon`: not what it has just sent to somebody else, who will pass it on. `spare`: others have it,
   * too, so only while the provider has sent little.
   */
  urgency: z.enum(['now', 'soon', 'spare']),
})

/** The answer to one ask; the chunks follow in this order as plain bytes. */
const batchSchema = z.strictObject({
  send: z.array(z.number().int().min(0).max(MAX_CHUNKS)).max(BATCH_CHUNKS),
  have: bits.optional(),
})

export type BlobRequest = z.infer<typeof requestSchema>
export type BlobAnswer = z.infer<typeof answerSchema>
export type BlobAsk = z.infer<typeof askSchema>
export type BlobBatch = z.infer<typeof batchSchema>
/** How much the asker depends on this provider. */
export type Urgency = BlobAsk['urgency']

export function encodeBlobRequest(request: BlobRequest): Uint8Array {
  return encodeCanonical(request)
}

/** @returns undefined when the bytes are no request. */
export function parseBlobRequest(bytes: Uint8Array): BlobRequest | undefined {
  return requestSchema.safeParse(decodeHeader(bytes, MAX_HEADER_BYTES)).data
}

export function encodeBlobAnswer(answer: BlobAnswer): Uint8Array {
  return encodeCanonical(answer)
}

/** @returns undefined when the bytes are no answer. */
export function parseBlobAnswer(bytes: Uint8Array): BlobAnswer | undefined {
  return answerSchema.safeParse(decodeHeader(bytes, MAX_ASK_BYTES)).data
}

export function encodeBlobAsk(ask: BlobAsk): Uint8Array {
  return encodeCanonical(ask)
}

/** @returns undefined when the bytes are no ask. */
export function parseBlobAsk(bytes: Uint8Array): BlobAsk | undefined {
  return askSchema.safeParse(decodeHeader(bytes, MAX_ASK_BYTES)).data
}

export function encodeBlobBatch(batch: BlobBatch): Uint8Array {
  return encodeCanonical(batch)
}

/** @returns undefined when the bytes are no batch. */
export function parseBlobBatch(bytes: Uint8Array): BlobBatch | undefined {
  return batchSchema.safeParse(decodeHeader(bytes, MAX_ASK_BYTES)).data
}
