import type { Cid, PeerIdText } from '../ids.ts'
import { BLOB_CHUNK_BYTES } from '../limits.ts'
import { type BitField, createBitField, parseBitField } from './bit-field.ts'
import { countChunks, encodeDescriptor } from './blob-descriptor.ts'
import { type BlobPlaces, type BlobSource, openBlobSource } from './blob-source.ts'
import {
  type BlobAnswer,
  type BlobAsk,
  encodeBlobAnswer,
  encodeBlobBatch,
  parseBlobAsk,
  parseBlobRequest,
} from './blob-wire.ts'
import { type Checks, createChecks } from './checks.ts'
import type { ChunkLedger } from './chunk-ledger.ts'
import { runsOf } from './chunk-runs.ts'
import type { OnDeparture } from './departure.ts'
import {
  ANSWER_WAIT_MS,
  BATCH_CHUNKS,
  EMPTY_ANSWER_MS,
  MAX_ASK_BYTES,
  MAX_HEADER_BYTES,
} from './limits.ts'
import { sayStillHere } from './say-still-here.ts'
import { createSlabs, type Slabs } from './slabs.ts'
import type { StreamIo } from './stream-io.ts'
import { TransportError } from './transport-error.ts'
import type { HostRules } from './types.ts'

/** How often a provider that has something, but not for this asker yet, looks again, in ms. */
const LOOK_AGAIN_MS = 50

/** Bytes of which the owner is told at a time that they are about to leave; the last of them may stay when a stream breaks. */
const DEPARTURE_BYTES = 16_777_216

/** What serving needs. */
export type BlobServerDeps = BlobPlaces & {
  readonly rules: Pick<HostRules, 'mayServe'>
  /** What was sent of a blob of so many chunks, over all streams. */
  ledgerOf(cid: Cid, count: number): ChunkLedger
  /** Counts payload bytes that left. */
  onSent(bytes: number): void
  readonly onDeparture: OnDeparture
}

/**
 * Answers one blob stream: only what the rules allow this peer (T10), a few chunks in memory at a time, as fast as the peer reads. A
 * refusal comes before the look into the store, so that it does not tell who has what.
 */
export async function serveBlob(
  io: StreamIo,
  peer: PeerIdText,
  deps: BlobServerDeps,
): Promise<void> {
  const frame = await io.readFrame(MAX_HEADER_BYTES)
  const request = frame === undefined ? undefined : parseBlobRequest(frame)
  if (request === undefined) return decline(io, 'BAD_REQUEST')
  const { cid, size } = request
  if (!deps.rules.mayServe(peer, cid)) return decline(io, 'REFUSED')
  // The first look at a file hashes it whole.
  const source = await openBlobSource(cid, deps).finally(sayStillHere(io))
  if (source === undefined) return decline(io, 'NOT_FOUND')
  try {
    const { descriptor, here } = source
    if (size !== descriptor.size) return await decline(io, 'WRONG_SIZE')
    await io.writeFrame(encodeBlobAnswer({ answer: 'OK', ...haveOf(here) }))
    if (request.descriptor) await io.writeFrame(encodeDescriptor(descriptor))
    const slabs = createSlabs(Math.min(size, BATCH_CHUNKS * BLOB_CHUNK_BYTES))
    const announced = { sent: 0, told: 0 }
    await answerAsks({ io, peer, cid, source, deps, slabs, announced })
  } finally {
    await source.reader.close()
  }
}

type Serving = {
  readonly io: StreamIo
  readonly peer: PeerIdText
  readonly cid: Cid
  readonly source: BlobSource
  readonly deps: BlobServerDeps
  readonly slabs: Slabs
  /** Bytes that left on this stream, and those of which the owner was told. */
  readonly announced: { sent: number; told: number }
}

async function answerAsks(serving: Serving): Promise<void> {
  const { io } = serving
  const count = countChunks(serving.source.descriptor.size)
  // A chunk that was sent on this stream is on its way, whatever the asker says.
  const sent = createBitField(count)
  const leaving = createChecks((error) => io.abort(error))
  await leaving.over(prepareBatches(serving, { sent, leaving }))
  await io.close()
}

/** Gets the next batch ready while the one before leaves. */
async function prepareBatches(
  serving: Serving,
  { sent, leaving }: { readonly sent: BitField; readonly leaving: Checks },
): Promise<void> {
  const { io, peer, cid, source, deps } = serving
  let last: Promise<void> = Promise.resolve()
  for (;;) {
    const frame = await readAsk(io)
    if (frame === undefined) return
    const { want, ...ask } = parseAsk(frame, sent.count)
    // Who was allowed when the stream began may not be now.
    if (!deps.rules.mayServe(peer, cid)) throw notAllowed()
    const send = await choose(serving, { ...ask, want, sent })
    if (source.isBroken()) return
    for (const index of send) sent.add(index)
    const bytes = await readBatch(serving, send)
    await last
    last = sendBatch(serving, send, bytes)
    leaving.add(last)
  }
}

/** Empty frames only say that the asker is still there, reading. */
async function readAsk(io: StreamIo): Promise<Uint8Array | undefined> {
  for (;;) {
    const frame = await io.readFrame(MAX_ASK_BYTES)
    if (frame?.length !== 0) return frame
  }
}

type Wanted = Omit<BlobAsk, 'want'> & { readonly want: BitField; readonly sent: BitField }

/** Waits a little while there is nothing to send: the asker then need not ask again and again. */
async function choose(
  { peer, cid, source, deps }: Serving,
  { want, most, urgency, sent }: Wanted,
): Promise<readonly number[]> {
  const { here } = source
  const ledger = deps.ledgerOf(cid, want.count)
  const accept = (index: number): boolean => here.has(index) && !sent.has(index)
  const startedAt = performance.now()
  for (let now = startedAt; ; now = performance.now()) {
    const chosen = ledger.choose({ peer, want, most, urgency, now, accept })
    if (chosen.length > 0) return chosen
    const isTold = most === 0 && (want.size() === 0 || hasCommon(want, here))
    const left = (isTold ? EMPTY_ANSWER_MS : ANSWER_WAIT_MS) - (now - startedAt)
    if (left <= 0 || source.isBroken()) return []
    if (isTold) await new Promise((resolve) => setTimeout(resolve, left))
    else await source.wait(Math.min(left, LOOK_AGAIN_MS))
  }
}

async function readBatch({ source, slabs }: Serving, send: readonly number[]): Promise<Uint8Array> {
  const slab = slabs.next()
  let length = 0
  for (const { first, count } of runsOf(send)) {
    length += await source.reader.readChunks({ first, count, into: slab.subarray(length) })
  }
  return slab.subarray(0, length)
}

async function sendBatch(
  serving: Serving,
  send: readonly number[],
  bytes: Uint8Array,
): Promise<void> {
  const { io, source, deps } = serving
  await announceDeparture(serving, bytes.length)
  await io.writeFrame(encodeBlobBatch({ send: [...send], ...haveOf(source.here) }))
  await io.write(bytes)
  deps.onSent(bytes.length)
}

/**
 * Whoever writes down what leaves waits for the disk each time, so it is told ahead: of the first batch as it is, then of as much again as
 * left so far, since an asker that goes on will take more.
 */
async function announceDeparture(serving: Serving, sizeBytes: number): Promise<void> {
  const { peer, cid, source, deps, announced } = serving
  announced.sent += sizeBytes
  if (announced.sent <= announced.told) return
  const left = source.descriptor.size - announced.told
  const ahead = Math.max(sizeBytes, Math.min(left, DEPARTURE_BYTES, announced.told))
  announced.told += ahead
  const ofBytes = source.descriptor.size
  await deps.onDeparture({ kind: 'blob', cid, sizeBytes: ahead, ofBytes, to: peer })
}

function parseAsk(
  frame: Uint8Array,
  count: number,
): Omit<BlobAsk, 'want'> & { readonly want: BitField } {
  const ask = parseBlobAsk(frame)
  const want = ask === undefined ? undefined : parseBitField(ask.want, count)
  if (ask !== undefined && want !== undefined) return { ...ask, want }
  throw new TransportError('bad blob frame: no ask', { code: 'BAD_FRAME', detail: 'no ask' })
}

function haveOf(here: BitField): { have?: Uint8Array } {
  return here.isFull() ? {} : { have: here.toBytes() }
}

function hasCommon(want: BitField, here: BitField): boolean {
  for (let index = 0; index < want.count; index++) {
    if (want.has(index) && here.has(index)) return true
  }
  return false
}

function notAllowed(): TransportError {
  return new TransportError('it may not have this blob any more', { code: 'NOT_MEMBER' })
}

async function decline(io: StreamIo, answer: Exclude<BlobAnswer['answer'], 'OK'>): Promise<void> {
  await io.writeFrame(encodeBlobAnswer({ answer }))
  await io.close()
}
