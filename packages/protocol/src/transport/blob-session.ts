import type { PeerIdText } from '../ids.ts'
import type { BlobRef } from '../messages/types.ts'
import { type BitField, fullBitField, parseBitField } from './bit-field.ts'
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
import type { BlobTransfer, TransferParts } from './blob-transfer.ts'
import { encodeBlobAsk, encodeBlobRequest, parseBlobAnswer, parseBlobBatch } from './blob-wire.ts'
import { type Checks, createChecks } from './checks.ts'
import type { ChunkAsk } from './chunk-schedule.ts'
import { IDLE_MS, MAX_ASK_BYTES, OPEN_ASKS, STALL_MS } from './limits.ts'
import { sayStillHere } from './say-still-here.ts'
import type { StreamIo } from './stream-io.ts'
import { TransportError } from './transport-error.ts'

/** An idle session looks again after this time, also when nothing has changed, in ms. */
const REST_MS = 500
/** Shortest time between two looks for something to ask while there was nothing, in ms. */
const LOOK_AGAIN_MS = 25

/** A provider may hash a stored blob before it answers; no disk is slower, in bytes a ms. */
const SLOWEST_DISK_BYTES_PER_MS = 10_000

/** One stream to one provider. */
export type BlobSession = {
  readonly transfer: BlobTransfer
  readonly peer: PeerIdText
  readonly io: StreamIo
  /** Counts payload bytes that arrived. */
  onReceived(bytes: number): void
}

/**
 * Asks one provider for what the transfer's schedule assigns to it until the transfer is over; every chunk is verified when it arrives
 * (T9) and written while the next is on its way.
 * @throws {BlobError} BLOB_DECLINED, BLOB_BAD_DESCRIPTOR, BLOB_BAD_CHUNK, and what BlobTransfer.open throws.
 * @throws {TransportError} STALLED, CUT_SHORT, BAD_FRAME.
 */
export async function runBlobSession(session: BlobSession): Promise<void> {
  const { transfer, peer } = session
  const opened = await openSession(session)
  const { schedule } = opened.parts
  schedule.join(peer, opened.has, performance.now())
  const stop = sayStillHere(session.io)
  try {
    // A lie is found a little later than it is read: it is the reason for whatever comes after it.
    await opened.checks.over(exchange(session, opened))
  } finally {
    stop()
    schedule.leave(peer)
    transfer.changes.notify()
  }
}

/** `has`: what the provider had at the beginning. */
type Opened = {
  readonly parts: TransferParts
  readonly has: BitField
  /** Chunks that are being verified or written. */
  readonly checks: Checks
  /** How much of the blob was here when something last arrived from anybody, and when that was seen. */
  readonly quiet: { received: number; since: number }
}

async function openSession({ transfer, io }: BlobSession): Promise<Opened> {
  const { ref } = transfer
  const descriptor = transfer.parts() === undefined
  await io.writeFrame(encodeBlobRequest({ ...ref, descriptor }))
  const has = await readAnswer(io, ref)
  const parts = descriptor
    ? await transfer.open(await readDescriptor(io, ref))
    : await transfer.open(describedBy(transfer))
  const quiet = { received: transfer.received(), since: performance.now() }
  return { parts, has, quiet, checks: createChecks((error) => io.abort(error)) }
}

function describedBy(transfer: BlobTransfer): BlobDescriptor {
  const parts = transfer.parts()
  if (parts !== undefined) return parts.descriptor
  throw new TransportError('no descriptor', { code: 'CUT_SHORT' })
}

async function exchange(session: BlobSession, opened: Opened): Promise<void> {
  const { transfer, peer, io } = session
  const asks: ChunkAsk[] = []
  async function askMore(): Promise<void> {
    while (asks.length < OPEN_ASKS && !transfer.signal.aborted) {
      const ask = opened.parts.schedule.ask(peer, performance.now())
      if (ask === undefined) return
      asks.push(ask)
      await writeAsk(io, ask)
    }
  }
  while (!transfer.signal.aborted) {
    assertMoving(transfer, opened.quiet)
    await askMore()
    const ask = asks.shift()
    if (ask === undefined) await rest(transfer)
    else await takeBatch({ session, opened, ask, askMore })
  }
}

/** Waits for something to ask. */
async function rest(transfer: BlobTransfer): Promise<void> {
  await transfer.changes.wait(REST_MS)
  // Chunks come faster than it is worth while to look what each one changes.
  if (!transfer.signal.aborted) await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS))
}

/** Peers that wait for each other, when the one that had it is gone, would wait for ever. @throws {TransportError} STALLED */
function assertMoving(transfer: BlobTransfer, quiet: Opened['quiet']): void {
  const [received, now] = [transfer.received(), performance.now()]
  if (received > quiet.received) Object.assign(quiet, { received, since: now })
  if (now - quiet.since <= IDLE_MS) return
  const seconds = IDLE_MS / 1_000
  throw new TransportError(`nothing moved in ${seconds} s`, { code: 'STALLED', seconds })
}

async function takeBatch(batch: {
  session: BlobSession
  opened: Opened
  ask: ChunkAsk
  askMore(): Promise<void>
}): Promise<void> {
  const { session, opened, ask, askMore } = batch
  const { transfer, peer, io } = session
  const { schedule } = opened.parts
  const { send, has } = await readBatch(io, ask, transfer.ref)
  schedule.answered(peer, ask, { send, has, now: performance.now() })
  // It said that it has them and that nothing keeps it: an answer without a chunk is no progress.
  if (send.length === 0 && ask.most > 0 && ask.urgency === 'now') throw nothingSent()
  for (const index of send) {
    await takeChunk(session, opened, index)
    await askMore()
  }
}

/** Reads one chunk; it is verified and written while the next one is on its way. */
async function takeChunk(session: BlobSession, opened: Opened, index: number): Promise<void> {
  const { transfer, peer, io, onReceived } = session
  const { parts, checks } = opened
  const buffer = await parts.buffers.take()
  const { start, end } = chunkRange(transfer.ref.size, index)
  const chunk = buffer.subarray(0, end - start)
  try {
    await io.readInto(chunk)
  } catch (error) {
    parts.buffers.give(buffer)
    throw error
  }
  onReceived(chunk.length)
  checks.add(
    verifyAndStore({ transfer, peer, parts, index, chunk }).finally(() =>
      parts.buffers.give(buffer),
    ),
  )
}

/** @throws {BlobError} BLOB_BAD_CHUNK */
async function verifyAndStore(received: {
  readonly transfer: BlobTransfer
  readonly peer: PeerIdText
  readonly parts: TransferParts
  readonly index: number
  readonly chunk: Uint8Array<ArrayBuffer>
}): Promise<void> {
  const { transfer, peer, parts, index, chunk } = received
  if (!isChunk(parts.descriptor, index, chunk)) throw badChunk(index)
  // Else somebody was faster.
  if (!parts.schedule.lacks(index)) return
  parts.schedule.arrived(peer, index, performance.now())
  await transfer.accept(index, chunk)
}

async function writeAsk(io: StreamIo, { want, most, urgency }: ChunkAsk): Promise<void> {
  await io.writeFrame(encodeBlobAsk({ want: want.toBytes(), most, urgency }))
}

async function readBatch(
  io: StreamIo,
  ask: ChunkAsk,
  ref: BlobRef,
): Promise<{ readonly send: readonly number[]; readonly has: BitField }> {
  const frame = await io.readFrame(MAX_ASK_BYTES)
  if (frame === undefined) throw new TransportError('no batch', { code: 'CUT_SHORT' })
  const batch = parseBlobBatch(frame)
  if (batch === undefined) throw badFrame('no batch')
  const { send } = batch
  const isAsked = new Set(send).size === send.length && send.every((index) => ask.want.has(index))
  if (send.length > ask.most || !isAsked) throw badFrame('chunks that were not asked for')
  return { send, has: fieldOf(batch.have, ref) }
}

async function readAnswer(io: StreamIo, ref: BlobRef): Promise<BitField> {
  const frame = await readAnswerFrame(io, ref)
  if (frame === undefined) throw new TransportError('no answer', { code: 'CUT_SHORT' })
  const parsed = parseBlobAnswer(frame)
  if (parsed === undefined) throw badFrame('no blob answer')
  const { answer, have } = parsed
  if (answer === 'OK') return fieldOf(have, ref)
  throw new BlobError(`the provider answered ${answer}`, { code: 'BLOB_DECLINED', answer })
}

/** Empty frames say that the provider still checks what lies on its disk; that takes no longer than a slow disk takes. */
async function readAnswerFrame(io: StreamIo, { size }: BlobRef): Promise<Uint8Array | undefined> {
  const limitMs = STALL_MS + size / SLOWEST_DISK_BYTES_PER_MS
  const startedAt = performance.now()
  for (;;) {
    const frame = await io.readFrame(MAX_ASK_BYTES)
    if (frame?.length !== 0) return frame
    if (performance.now() - startedAt > limitMs) throw noAnswer(limitMs)
  }
}

function fieldOf(have: Uint8Array | undefined, { size }: BlobRef): BitField {
  const count = countChunks(size)
  const field = have === undefined ? fullBitField(count) : parseBitField(have, count)
  if (field === undefined) throw badFrame('a field of chunks of another length')
  return field
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

function noAnswer(limitMs: number): TransportError {
  const seconds = Math.round(limitMs / 1_000)
  return new TransportError(`no answer in ${seconds} s`, { code: 'STALLED', seconds })
}

function nothingSent(): TransportError {
  return new TransportError('nothing came of what it has', { code: 'STALLED', seconds: 0 })
}

function badDescriptor(detail: string): BlobError {
  return new BlobError(`bad blob descriptor: ${detail}`, { code: 'BLOB_BAD_DESCRIPTOR', detail })
}

function badFrame(detail: string): TransportError {
  return new TransportError(`bad blob frame: ${detail}`, { code: 'BAD_FRAME', detail })
}
