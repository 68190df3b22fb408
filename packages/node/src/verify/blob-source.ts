import {
  BlobError,
  type BlobRef,
  type BlobStore,
  FedError,
  type Logger,
  type PeerIdText,
  type PeerKey,
  readStoredBlob,
} from '@fednode/protocol'
import { askingHost } from '../network/asking-host.ts'

/** Where a verification gets its bytes from: this machine's directories first, then the aggregator. */
export type BlobSource = {
  /** @throws {BlobError} BLOB_NOT_FOUND, BLOB_CORRUPT here; BLOB_UNAVAILABLE when the aggregator does not give it either. */
  get(ref: BlobRef): Promise<Uint8Array>
  /** Evidence of the newest round that the aggregator tells of. */
  latest(): Promise<BlobRef | undefined>
  /** Who asks the aggregator; absent when nobody does. */
  readonly asker?: PeerIdText
  /** Why the aggregator is not asked; absent when it is. */
  readonly alone?: string
  close(): Promise<void>
}

/** How to reach the aggregator. */
export type AggregatorContact = {
  readonly chainId: number
  readonly scenario: `0x${string}`
  readonly federator: PeerIdText
  /** Multiaddrs, comma-separated, from the chain. */
  readonly endpoint: string
  readonly peerKey: PeerKey
  /** Where fetched blobs are kept. */
  readonly blobs: BlobStore
  readonly logger: Logger
  readonly signal: AbortSignal
}

/** Reads blobs from directories only. */
export function localBlobs(directories: readonly string[], alone: string): BlobSource {
  return {
    alone,
    get: ({ cid }) => readFrom(directories, cid),
    latest: async () => undefined,
    close: async () => {},
  }
}

/**
 * Reads blobs from directories and asks the aggregator for what they lack. A contact that does not answer leaves the directories.
 */
export async function fetchedBlobs(
  directories: readonly string[],
  contact: AggregatorContact,
): Promise<BlobSource> {
  const addresses = addressesOf(contact)
  if (addresses.length === 0)
    return localBlobs(directories, 'the chain names no address of the aggregator')
  const host = askingHost(contact)
  try {
    await host.start()
    await host.connect(addresses)
  } catch (error) {
    await host.stop()
    if (contact.signal.aborted || !(error instanceof FedError)) throw error
    return localBlobs(directories, `the aggregator cannot be reached: ${error.message}`)
  }
  const { federator, signal, blobs, peerKey } = contact
  return {
    asker: peerKey.peerId,
    async get(ref) {
      if (await blobs.has(ref.cid)) return blobs.get(ref.cid)
      try {
        return await readFrom(directories, ref.cid)
      } catch (error) {
        if (!(error instanceof BlobError) || error.info.code !== 'BLOB_NOT_FOUND') throw error
        await host.fetchBlob(ref, { peers: [federator], signal })
        return blobs.get(ref.cid)
      }
    },
    async latest() {
      const messages = await host.sync(federator)
      const result = messages.map(({ message }) => message).findLast(isResult)
      return result?.evidence
    },
    close: () => host.stop(),
  }
}

/** The endpoint on chain is a hint; only addresses that name the federator's key are dialled. */
function addressesOf({ endpoint, federator }: AggregatorContact): readonly string[] {
  return endpoint.split(',').filter((address) => address.endsWith(`/p2p/${federator}`))
}

function isResult<T extends { readonly type: string }>(
  message: T,
): message is Extract<T, { type: 'round-result' }> {
  return message.type === 'round-result'
}

async function readFrom(directories: readonly string[], cid: BlobRef['cid']): Promise<Uint8Array> {
  for (const directory of directories) {
    try {
      return await readStoredBlob(directory, cid)
    } catch (error) {
      if (!(error instanceof BlobError) || error.info.code !== 'BLOB_NOT_FOUND') throw error
    }
  }
  throw new BlobError(`blob ${cid} is not here`, { code: 'BLOB_NOT_FOUND', cid })
}
