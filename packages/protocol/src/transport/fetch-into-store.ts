import type { BlobRef } from '../messages/types.ts'
import { BlobError } from './blob-error.ts'
import { fetchBlob } from './blob-fetch.ts'
import type { HostContext } from './host-context.ts'
import { BLOB_PROTOCOL } from './limits.ts'
import { openStream } from './outbound.ts'
import type { Host } from './types.ts'

/** See Host.fetchBlob. One transfer of a blob at a time: who comes second waits and finds it, or goes on where the first stopped. */
export async function fetchIntoStore(
  context: HostContext,
  ref: BlobRef,
  options: Parameters<Host['fetchBlob']>[1],
): Promise<void> {
  const { fetching, signal: stopped } = context
  const signal = AbortSignal.any([stopped, ...(options.signal ? [options.signal] : [])])
  for (let running = fetching.get(ref.cid); running; running = fetching.get(ref.cid)) {
    await untilEither(running, signal)
    if (signal.aborted) {
      throw new BlobError(`fetching ${ref.cid} was stopped`, { code: 'BLOB_ABORTED', cid: ref.cid })
    }
  }
  const work = fetchUnlessHere(context, ref, { ...options, signal })
  const settled = work.catch(() => {}).finally(() => fetching.delete(ref.cid))
  fetching.set(ref.cid, settled)
  return work
}

async function fetchUnlessHere(
  context: HostContext,
  ref: BlobRef,
  options: Parameters<Host['fetchBlob']>[1] & { readonly signal: AbortSignal },
): Promise<void> {
  if (await isHere(context, ref)) return
  const { blobs, penalize, traffic, transfers, fetchTries: tries } = context
  await fetchBlob(
    ref,
    { ...options, tries },
    {
      blobs,
      transfers,
      penalize,
      open: (peer, signal) => openStream(context, { peer, protocol: BLOB_PROTOCOL, signal }),
      onReceived(bytes) {
        traffic.receivedBytes += bytes
      },
    },
  )
}

/** @throws {BlobError} BLOB_BAD_REFERENCE when it is here with another size. */
async function isHere({ blobs }: HostContext, { cid, size }: BlobRef): Promise<boolean> {
  try {
    const reader = await blobs.openReader(cid)
    await reader.close()
    if (reader.descriptor.size === size) return true
    const detail = `it is ${reader.descriptor.size} bytes long, not ${size}`
    throw new BlobError(`bad blob reference: ${detail}`, { code: 'BLOB_BAD_REFERENCE', detail })
  } catch (error) {
    if (!(error instanceof BlobError)) throw error
    // Damaged on our disk and put aside: fetched again like one that was never here.
    if (error.code === 'BLOB_CORRUPT' || error.code === 'BLOB_NOT_FOUND') return false
    throw error
  }
}

async function untilEither(work: Promise<void>, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const done = (): void => {
      signal.removeEventListener('abort', done)
      resolve()
    }
    signal.addEventListener('abort', done)
    if (signal.aborted) done()
    void work.then(done)
  })
}
