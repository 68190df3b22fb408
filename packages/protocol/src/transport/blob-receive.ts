import type { Cid } from '../ids.ts'
import { BLOB_CHUNK_BYTES } from '../limits.ts'
import type { BlobRef } from '../messages/types.ts'
import {
  type BlobDescriptor,
  chunkRange,
  cidOfDescriptor,
  countChunks,
  decodeDescriptor,
  isChunk,
  maxDescriptorBytes,
} from './blob-descriptor.ts'
import { BlobError } from './blob-error.ts'
import { encodeBlobRequest, parseBlobAnswer } from './blob-wire.ts'
import { MAX_HEADER_BYTES } from './limits.ts'
import type { StreamIo } from './stream-io.ts'
import { TransportError } from './transport-error.ts'
import type { BlobStore, BlobWriter, TransferProgress } from './types.ts'

/** One blob on its way: which chunks are here is the same for every provider that is asked. */
export type Transfer = {
  readonly ref: BlobRef
  descriptor: BlobDescriptor | undefined
  writer: BlobWriter | undefined
  /** Chunks 0 to next - 1 are verified and written. */
  next: number
}

/** What receiving needs. */
export type BlobReceiveDeps = {
  readonly blobs: BlobStore
  /** Counts payload bytes that arrived. */
  onReceived(bytes: number): void
  readonly onProgress?: (progress: TransferProgress) => void
}

/**
 * Asks one provider for the chunks that are still missing; every chunk is verified when it arrives (T9) and written at once, so that
 * one is in memory. What was received stays in `transfer` when this throws.
 * @throws {BlobError} BLOB_DECLINED, BLOB_BAD_DESCRIPTOR, BLOB_BAD_CHUNK. @throws {TransportError} STALLED, CUT_SHORT, BAD_FRAME.
 */
export async function receiveBlob(
  transfer: Transfer,
  io: StreamIo,
  deps: BlobReceiveDeps,
): Promise<void> {
  const { cid, size } = transfer.ref
  const [from, to] = [transfer.next, countChunks(size)]
  const isFirst = transfer.descriptor === undefined
  await io.writeFrame(encodeBlobRequest({ cid, size, from, to, descriptor: isFirst }))
  await readAnswer(io)
  const descriptor = transfer.descriptor ?? (await readDescriptor(io, transfer.ref))
  transfer.descriptor = descriptor
  const writer = transfer.writer ?? (await guardStore(cid, deps.blobs.openWriter(descriptor)))
  transfer.writer = writer
  const buffer = new Uint8Array(Math.min(size, BLOB_CHUNK_BYTES))
  for (let index = from; index < to; index++) {
    const { start, end } = chunkRange(size, index)
    const chunk = buffer.subarray(0, end - start)
    await io.readInto(chunk)
    deps.onReceived(chunk.length)
    if (!isChunk(descriptor, index, chunk)) throw badChunk(index)
    await guardStore(cid, writer.writeChunk(index, chunk))
    transfer.next = index + 1
    deps.onProgress?.({ cid, received: end, size })
  }
}

async function readAnswer(io: StreamIo): Promise<void> {
  const frame = await io.readFrame(MAX_HEADER_BYTES)
  if (frame === undefined) throw new TransportError('no answer', { code: 'CUT_SHORT' })
  const answer = parseBlobAnswer(frame)
  if (answer === undefined) {
    throw new TransportError('bad answer', { code: 'BAD_FRAME', detail: 'no blob answer' })
  }
  if (answer === 'OK') return
  throw new BlobError(`the provider answered ${answer}`, { code: 'BLOB_DECLINED', answer })
}

/** The descriptor must be the one that the id names, and of the size that was announced (T8). */
async function readDescriptor(io: StreamIo, { cid, size }: BlobRef): Promise<BlobDescriptor> {
  const frame = await io.readFrame(maxDescriptorBytes(size))
  if (frame === undefined) throw new TransportError('no descriptor', { code: 'CUT_SHORT' })
  const descriptor = decodeDescriptor(frame)
  if (cidOfDescriptor(descriptor) !== cid) throw badDescriptor('it is not the one of the id')
  if (descriptor.size !== size) throw badDescriptor('its size is not the announced one')
  return descriptor
}

function badChunk(index: number): BlobError {
  return new BlobError(`chunk ${index} is not what its hash says`, {
    code: 'BLOB_BAD_CHUNK',
    index,
  })
}

function badDescriptor(detail: string): BlobError {
  return new BlobError(`bad blob descriptor: ${detail}`, { code: 'BLOB_BAD_DESCRIPTOR', detail })
}

// Told apart from what the network does: no other provider helps against a full disk.
async function guardStore<T>(cid: Cid, work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (cause) {
    const info = { code: 'BLOB_STORE_FAILED', cid } as const
    throw new BlobError(`blob ${cid} could not be stored`, info, { cause })
  }
}
