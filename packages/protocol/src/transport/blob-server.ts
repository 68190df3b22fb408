import type { PeerIdText } from '../ids.ts'
import { chunkRange, encodeDescriptor } from './blob-descriptor.ts'
import { BlobError } from './blob-error.ts'
import {
  type BlobAnswer,
  type BlobRequest,
  encodeBlobAnswer,
  parseBlobRequest,
} from './blob-wire.ts'
import type { OnDeparture } from './departure.ts'
import { MAX_HEADER_BYTES } from './limits.ts'
import type { StreamIo } from './stream-io.ts'
import type { BlobReader, BlobStore, HostRules } from './types.ts'

/** What serving needs. */
export type BlobServerDeps = {
  readonly blobs: BlobStore
  readonly rules: Pick<HostRules, 'mayServe'>
  /** Counts payload bytes that left. */
  onSent(bytes: number): void
  readonly onDeparture: OnDeparture
}

/**
 * Answers one blob stream: only what the rules allow this peer (T10), one chunk in memory at a time, as fast as the peer reads.
 * A refusal comes before the look into the store, so that it does not tell who has what.
 */
export async function serveBlob(
  io: StreamIo,
  peer: PeerIdText,
  { blobs, rules, onSent, onDeparture }: BlobServerDeps,
): Promise<void> {
  const frame = await io.readFrame(MAX_HEADER_BYTES)
  const request = frame === undefined ? undefined : parseBlobRequest(frame)
  if (request === undefined) return decline(io, 'BAD_REQUEST')
  if (!rules.mayServe(peer, request.cid)) return decline(io, 'REFUSED')
  const reader = await find(blobs, request)
  if (reader === undefined) return decline(io, 'NOT_FOUND')
  try {
    if (request.size !== reader.descriptor.size) return await decline(io, 'WRONG_SIZE')
    const sizeBytes = sizeOf(request)
    if (sizeBytes > 0) await onDeparture({ kind: 'blob', cid: request.cid, sizeBytes, to: peer })
    await sendChunks({ io, reader, request, onSent })
  } finally {
    await reader.close()
  }
}

async function sendChunks(options: {
  io: StreamIo
  reader: BlobReader
  request: BlobRequest
  onSent(bytes: number): void
}): Promise<void> {
  const { io, reader, request, onSent } = options
  await io.writeFrame(encodeBlobAnswer('OK'))
  if (request.descriptor) await io.writeFrame(encodeDescriptor(reader.descriptor))
  for (let index = request.from; index < request.to; index++) {
    const chunk = await reader.readChunk(index)
    await io.write(chunk)
    onSent(chunk.length)
  }
  await io.close()
}

/** Bytes of the blob that a request asks for. */
function sizeOf({ size, from, to }: BlobRequest): number {
  return from === to ? 0 : chunkRange(size, to - 1).end - chunkRange(size, from).start
}

async function find(blobs: BlobStore, { cid }: BlobRequest): Promise<BlobReader | undefined> {
  try {
    return await blobs.openReader(cid)
  } catch (error) {
    // A damaged file was put aside: for the peer it is not there.
    if (error instanceof BlobError) return undefined
    throw error
  }
}

async function decline(io: StreamIo, answer: Exclude<BlobAnswer, 'OK'>): Promise<void> {
  await io.writeFrame(encodeBlobAnswer(answer))
  await io.close()
}
