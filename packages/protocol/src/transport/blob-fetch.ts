import { type Cid, codecOfCid, isCid, type PeerIdText } from '../ids.ts'
import { MAX_BLOB_BYTES } from '../limits.ts'
import type { BlobRef } from '../messages/types.ts'
import { countChunks, isBlobSize } from './blob-descriptor.ts'
import { BlobError } from './blob-error.ts'
import { runBlobSession } from './blob-session.ts'
import { type BlobTransfer, createBlobTransfer } from './blob-transfer.ts'
import { PARALLEL_PROVIDERS } from './limits.ts'
import { createProviderQueue, type ProviderQueue } from './provider-queue.ts'
import type { StreamIo } from './stream-io.ts'
import { TransportError } from './transport-error.ts'
import type { BlobStore, TransferProgress } from './types.ts'

/** Faults that prove that a provider lies: it is not asked again for this blob. */
const LIES: readonly string[] = ['BLOB_BAD_CHUNK', 'BLOB_BAD_DESCRIPTOR', 'BAD_FRAME']

/** What fetching needs. */
export type BlobFetchDeps = {
  readonly blobs: BlobStore
  /** Blobs on their way, by id: what of them is here already is served to others. */
  readonly transfers: Map<Cid, BlobTransfer>
  /** Opens a blob stream to a peer. */
  open(peer: PeerIdText, signal: AbortSignal): Promise<StreamIo>
  penalize(peer: PeerIdText, code: string): void
  /** Counts payload bytes that arrived. */
  onReceived(bytes: number): void
}

export type BlobFetchOptions = {
  /** Tries of one provider, while no other delivers anything either, after which it is not asked any more. */
  readonly tries: number
  readonly peers: readonly PeerIdText[]
  readonly signal: AbortSignal
  readonly onProgress?: (progress: TransferProgress) => void
}

/**
 * Brings a blob into the store: asks several providers at once for different chunks, verifies each when it arrives (T9), goes on where
 * an earlier try stopped, and serves what is here to others meanwhile.
 * @throws {BlobError} BLOB_BAD_REFERENCE, BLOB_TOO_LARGE (both before anything is asked, T8), BLOB_UNAVAILABLE, BLOB_DISK_FULL,
 * BLOB_STORE_FAILED, BLOB_ABORTED.
 */
export async function fetchBlob(
  ref: BlobRef,
  options: BlobFetchOptions,
  deps: BlobFetchDeps,
): Promise<void> {
  checkReference(ref)
  const { onProgress } = options
  const peers = [...new Set(options.peers)]
  // Of one chunk there is nothing that others could pass on meanwhile: they are asked when the origin fails.
  const together = isWhole(ref) ? peers.slice(0, 1) : peers
  const transfer = createBlobTransfer({
    ...{ ref, peers: together, ...deps, random: Math.random, onProgress },
  })
  deps.transfers.set(ref.cid, transfer)
  try {
    await askAll({ transfer, peers, options, deps })
    await transfer.commit()
  } finally {
    await transfer.suspend()
    deps.transfers.delete(ref.cid)
  }
}

type Fetch = {
  readonly transfer: BlobTransfer
  readonly peers: readonly PeerIdText[]
  readonly options: BlobFetchOptions
  readonly deps: BlobFetchDeps
}

async function askAll(fetch: Fetch): Promise<void> {
  const { transfer, peers, options } = fetch
  const { ref } = transfer
  const reasons = new Map<PeerIdText, string>()
  await Promise.all(
    queuesOf(ref, peers).map((of) => {
      const queue = createProviderQueue({ peers: of, tries: options.tries })
      return askInTurn({ ...fetch, queue, reasons })
    }),
  )
  if (options.signal.aborted) throw aborted(ref.cid)
  const { reason } = transfer.signal
  if (reason instanceof BlobError) throw reason
  if (!transfer.signal.aborted) throw unavailable(ref.cid, reasons)
}

/**
 * Who is asked at the same time, and who after whom. The origin has a queue of its own: it is never kept waiting by others. A blob of
 * one chunk has nothing to share out.
 */
function queuesOf(ref: BlobRef, peers: readonly PeerIdText[]): readonly (readonly PeerIdText[])[] {
  if (isWhole(ref)) return [peers]
  const [origin = [], ...others] = peers.map((peer) => [peer])
  const queues: PeerIdText[][] = others.splice(0, PARALLEL_PROVIDERS - 1)
  for (const [index, peer] of others.flat().entries()) queues[index % queues.length]?.push(peer)
  return [origin, ...queues]
}

function isWhole({ size }: BlobRef): boolean {
  return countChunks(size) <= 1
}

async function askInTurn(
  turn: Fetch & { readonly queue: ProviderQueue; readonly reasons: Map<PeerIdText, string> },
): Promise<void> {
  const { transfer, queue, reasons, options, deps } = turn
  const isOver = (): boolean => options.signal.aborted || transfer.signal.aborted
  while (!isOver()) {
    const next = queue.next(transfer.received())
    if (next === undefined) return
    await pause(next.pauseMs, [options.signal, transfer.signal])
    if (isOver()) return
    const code = await tryProvider(turn, next.peer)
    if (isOver() || code === undefined) return
    reasons.set(next.peer, code)
    const isLie = LIES.includes(code)
    if (isLie) deps.penalize(next.peer, code)
    if (queue.failed(next.peer, { isFinal: isLie, received: transfer.received() })) {
      transfer.lose(next.peer)
    }
  }
}

/** @returns undefined when the transfer is over, else the code of what went wrong. */
async function tryProvider(
  { transfer, options, deps }: Fetch,
  peer: PeerIdText,
): Promise<string | undefined> {
  const ending = AbortSignal.any([options.signal, transfer.signal])
  let io: StreamIo | undefined
  let isDone = false
  // A turn later: a session that sees the end by itself closes its stream in order.
  const end = (): void => void setImmediate(() => isDone || io?.abort(aborted(transfer.ref.cid)))
  ending.addEventListener('abort', end, { once: true })
  try {
    const stream = await openUnlessOver(deps.open(peer, ending), ending)
    io = stream
    await runBlobSession({ transfer, peer, io, onReceived: deps.onReceived })
    isDone = true
    // Everything is here: how the stream ends does not matter any more.
    stream.close().catch((error: Error) => stream.abort(error))
    return undefined
  } catch (error) {
    isDone = true
    if (error instanceof Error) io?.abort(error)
    return codeOf(error)
  } finally {
    ending.removeEventListener('abort', end)
  }
}

/** A dial may go on for seconds after its signal: nobody waits for it then. */
async function openUnlessOver(opening: Promise<StreamIo>, ending: AbortSignal): Promise<StreamIo> {
  const { promise: ended, reject } = Promise.withResolvers<never>()
  const over = (): void => reject(new TransportError('not needed any more', { code: 'CUT_SHORT' }))
  ending.addEventListener('abort', over, { once: true })
  if (ending.aborted) over()
  try {
    return await Promise.race([opening, ended])
  } catch (error) {
    opening
      .then((io) => io.abort(new TransportError('too late', { code: 'CUT_SHORT' })))
      .catch(() => {})
    throw error
  } finally {
    ending.removeEventListener('abort', over)
  }
}

function checkReference({ cid, size }: BlobRef): void {
  if (!isCid(cid) || codecOfCid(cid) !== 'dag-cbor') throw badReference('the id is no blob id')
  if (!Number.isSafeInteger(size) || size < 0) throw badReference('the size is no byte count')
  if (isBlobSize(size)) return
  throw new BlobError(`a blob of ${size} bytes is over ${MAX_BLOB_BYTES}`, {
    code: 'BLOB_TOO_LARGE',
    size,
    limit: MAX_BLOB_BYTES,
  })
}

function codeOf(error: unknown): string {
  if (error instanceof BlobError) {
    return error.info.code === 'BLOB_DECLINED' ? error.info.answer : error.code
  }
  // Other errors are libp2p's, when a dial fails or a stream is reset.
  return error instanceof TransportError ? error.code : 'BROKEN'
}

async function pause(ms: number, signals: readonly AbortSignal[]): Promise<void> {
  if (ms === 0) return
  const signal = AbortSignal.any([...signals])
  await new Promise<void>((resolve) => {
    const timer = setTimeout(done, ms)
    function done(): void {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    signal.addEventListener('abort', done)
  })
}

function badReference(detail: string): BlobError {
  return new BlobError(`bad blob reference: ${detail}`, { code: 'BLOB_BAD_REFERENCE', detail })
}

function aborted(cid: Cid): BlobError {
  return new BlobError(`fetching ${cid} was stopped`, { code: 'BLOB_ABORTED', cid })
}

function unavailable(cid: Cid, reasons: ReadonlyMap<PeerIdText, string>): BlobError {
  const tried = [...reasons].map(([peer, code]) => `${peer}: ${code}`).join(', ')
  return new BlobError(`no peer delivers ${cid} (${tried || 'nobody to ask'})`, {
    code: 'BLOB_UNAVAILABLE',
    cid,
    reasons: Object.fromEntries(reasons),
  })
}
