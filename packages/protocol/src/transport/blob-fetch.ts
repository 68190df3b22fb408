import { type Cid, codecOfCid, isCid, type PeerIdText } from '../ids.ts'
import { MAX_BLOB_BYTES } from '../limits.ts'
import type { BlobRef } from '../messages/types.ts'
import { isBlobSize } from './blob-descriptor.ts'
import { BlobError } from './blob-error.ts'
import { receiveBlob, type Transfer } from './blob-receive.ts'
import type { StreamIo } from './stream-io.ts'
import { TransportError } from './transport-error.ts'
import type { BlobStore, TransferProgress } from './types.ts'

/** Pause after a round over all providers without progress, in ms; doubles up to the maximum. */
const FIRST_PAUSE_MS = 100
const MAX_PAUSE_MS = 2_000
/** Faults that prove that a provider lies: it is not asked again for this blob. */
const LIES: readonly string[] = ['BLOB_BAD_CHUNK', 'BLOB_BAD_DESCRIPTOR', 'BAD_FRAME']

/** What fetching needs. */
export type BlobFetchDeps = {
  readonly blobs: BlobStore
  /** Opens a blob stream to a peer. */
  open(peer: PeerIdText, signal: AbortSignal): Promise<StreamIo>
  penalize(peer: PeerIdText, code: string): void
  /** Counts payload bytes that arrived. */
  onReceived(bytes: number): void
}

export type BlobFetchOptions = {
  /** Rounds over all providers without a single new chunk after which to give up. */
  readonly tries: number
  readonly peers: readonly PeerIdText[]
  readonly signal: AbortSignal
  readonly onProgress?: (progress: TransferProgress) => void
}

/**
 * Brings a blob into the store: asks one provider after the other, continues at the chunk that was reached, verifies every chunk
 * when it arrives (T9), holds one chunk in memory.
 * @throws {BlobError} BLOB_BAD_REFERENCE, BLOB_TOO_LARGE (both before anything is asked, T8), BLOB_UNAVAILABLE, BLOB_STORE_FAILED,
 * BLOB_ABORTED.
 */
export async function fetchBlob(
  ref: BlobRef,
  options: BlobFetchOptions,
  deps: BlobFetchDeps,
): Promise<void> {
  checkReference(ref)
  const transfer: Transfer = { ref, descriptor: undefined, writer: undefined, next: 0 }
  try {
    await askUntilComplete(transfer, options, deps)
    await transfer.writer?.commit()
  } finally {
    await transfer.writer?.discard()
  }
}

async function askUntilComplete(
  transfer: Transfer,
  options: BlobFetchOptions,
  deps: BlobFetchDeps,
): Promise<void> {
  const { ref } = transfer
  const reasons = new Map<PeerIdText, string>()
  const liars = new Set<PeerIdText>()
  let fruitless = 0
  for (;;) {
    const reached = transfer.next
    for (const peer of options.peers.filter((candidate) => !liars.has(candidate))) {
      const code = await tryProvider({ transfer, peer, options, deps })
      if (code === undefined) return
      if (options.signal.aborted) throw aborted(ref.cid)
      reasons.set(peer, code)
      if (!LIES.includes(code)) continue
      liars.add(peer)
      deps.penalize(peer, code)
    }
    fruitless = transfer.next > reached ? 0 : fruitless + 1
    if (fruitless >= options.tries || liars.size === new Set(options.peers).size) break
    await pause(Math.min(FIRST_PAUSE_MS * 2 ** fruitless, MAX_PAUSE_MS), options.signal)
    if (options.signal.aborted) throw aborted(ref.cid)
  }
  throw unavailable(ref.cid, reasons)
}

/** @returns undefined when the blob is complete, else the code of what went wrong. */
async function tryProvider(attempt: {
  transfer: Transfer
  peer: PeerIdText
  options: BlobFetchOptions
  deps: BlobFetchDeps
}): Promise<string | undefined> {
  const { transfer, peer, options, deps } = attempt
  let io: StreamIo | undefined
  try {
    io = await deps.open(peer, options.signal)
    const stream = io
    const onAbort = (): void => stream.abort(aborted(transfer.ref.cid))
    options.signal.addEventListener('abort', onAbort, { once: true })
    try {
      await receiveBlob(transfer, io, { ...options, ...deps })
    } finally {
      options.signal.removeEventListener('abort', onAbort)
    }
    // Everything is here: how the stream ends does not matter any more.
    stream.close().catch((error: Error) => stream.abort(error))
    return undefined
  } catch (error) {
    if (error instanceof Error) io?.abort(error)
    return codeOf(error)
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

/** @throws {BlobError} BLOB_STORE_FAILED, which no other provider can help. */
function codeOf(error: unknown): string {
  if (error instanceof BlobError) {
    if (error.info.code === 'BLOB_STORE_FAILED') throw error
    return error.info.code === 'BLOB_DECLINED' ? error.info.answer : error.code
  }
  // Other errors are libp2p's, when a dial fails or a stream is reset.
  return error instanceof TransportError ? error.code : 'BROKEN'
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
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
