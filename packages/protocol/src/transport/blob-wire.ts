import { z } from 'zod'
import { encodeCanonical } from '../codec/canonical.ts'
import { type Cid, isCid } from '../ids.ts'
import { MAX_BLOB_BYTES } from '../limits.ts'
import { countChunks, isBlobSize } from './blob-descriptor.ts'
import { decodeHeader } from './decode-header.ts'

const MAX_CHUNKS = countChunks(MAX_BLOB_BYTES)
const chunkIndex = z.number().int().min(0).max(MAX_CHUNKS)

/** First frame of a blob stream, from who wants it. */
const requestSchema = z
  .strictObject({
    cid: z.custom<Cid>(isCid),
    /** Length as announced; a provider that knows another one says so instead of sending. */
    size: z.custom<number>(isBlobSize),
    /** First chunk wanted. */
    from: chunkIndex,
    /** The chunk after the last one wanted. */
    to: chunkIndex,
    /** Whether the descriptor shall come first. */
    descriptor: z.boolean(),
  })
  .refine(({ size, from, to }) => from <= to && to <= countChunks(size))

/** Second frame, from who has it; after OK follow the descriptor (when asked for) as a frame and the chunks as plain bytes. */
const answerSchema = z.strictObject({
  answer: z.enum(['OK', 'NOT_FOUND', 'REFUSED', 'WRONG_SIZE', 'BAD_REQUEST']),
})

export type BlobRequest = z.infer<typeof requestSchema>
export type BlobAnswer = z.infer<typeof answerSchema>['answer']

export function encodeBlobRequest(request: BlobRequest): Uint8Array {
  return encodeCanonical(request)
}

/** @returns undefined when the bytes are no request. */
export function parseBlobRequest(bytes: Uint8Array): BlobRequest | undefined {
  return requestSchema.safeParse(decodeHeader(bytes)).data
}

export function encodeBlobAnswer(answer: BlobAnswer): Uint8Array {
  return encodeCanonical({ answer })
}

/** @returns undefined when the bytes are no answer. */
export function parseBlobAnswer(bytes: Uint8Array): BlobAnswer | undefined {
  return answerSchema.safeParse(decodeHeader(bytes)).data?.answer
}
