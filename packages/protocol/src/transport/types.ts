import type { Cid, PeerIdText } from '../ids.ts'
import type { Message, SignedMessage, Verdict } from '../messages/types.ts'
import type { BitField } from './bit-field.ts'
import type { BlobDescriptor } from './blob-descriptor.ts'
import type { PeerConnection } from './peer-connection.ts'

/** Reads chunk by chunk: what a transfer holds in memory are a few chunks, whatever the size. */
export type ChunkReader = {
  /** Reads `count` chunks that follow each other. @returns their bytes. */
  readChunks(what: {
    readonly first: number
    readonly count: number
    readonly into: Uint8Array
  }): Promise<number>
  close(): Promise<void>
}

/** A stored blob. */
export type BlobReader = ChunkReader & { readonly descriptor: BlobDescriptor }

/** A blob on its way into the store, written in any order; not visible before commit(). */
export type BlobWriter = {
  /** Chunks that an earlier writer left and that are what their hashes say; does not change. */
  readonly here: BitField
  /** Reads what is written already; goes on after the end of the writer. */
  openReader(): Promise<ChunkReader>
  /**
   * Chunks that follow each other, checked against the descriptor by the caller, who may reuse their memory once this resolves. One
   * call at a time.
   */
  writeChunks(first: number, chunks: readonly Uint8Array[]): Promise<void>
  /** Makes it durable and visible. Every chunk was written. */
  commit(): Promise<void>
  /** Stops here, for a later writer to go on; harmless after commit(). */
  suspend(): Promise<void>
}

/**
 * Bytes by content: the local store that blobs are served from and fetched into. A blob's id is the CID of its descriptor
 * (`cidOfBlob`). Ids are checked on write and on read.
 */
export type BlobStore = {
  has(cid: Cid): Promise<boolean>
  /** @throws {BlobError} BLOB_NOT_FOUND, BLOB_CORRUPT. */
  get(cid: Cid): Promise<Uint8Array>
  /**
   * Write, fsync, rename; returns when the bytes are durable.
   * @throws {BlobError} BLOB_TOO_LARGE, BLOB_DISK_FULL.
   */
  put(bytes: Uint8Array): Promise<{ readonly cid: Cid; readonly size: number }>
  /** @throws {BlobError} BLOB_NOT_FOUND, BLOB_CORRUPT. */
  openReader(cid: Cid): Promise<BlobReader>
  /** Forgets a blob; one that is not here is fine. */
  remove(cid: Cid): Promise<void>
  /**
   * Starts to write a blob whose descriptor is known and checked, or goes on where an earlier writer stopped.
   * @throws {BlobError} BLOB_DISK_FULL when there is no room for what is missing.
   */
  openWriter(descriptor: BlobDescriptor): Promise<BlobWriter>
}

/** Where one exchange of blobs stands. */
export type TransferProgress = {
  readonly cid: Cid
  readonly received: number
  readonly size: number
}

/** A running libp2p node of one federation. */
export type Host = {
  readonly peerId: PeerIdText
  /** Multiaddrs with /p2p/ suffix; valid after start. */
  addresses(): readonly string[]
  /** @throws {UserError} usage PORT_IN_USE, BAD_ADDRESS. */
  start(): Promise<void>
  /** Ends every stream and connection; may be called more than once. */
  stop(): Promise<void>
  /**
   * Connects to every distinct peer of `addresses` (several addresses of one peer are alternatives), with bounded retries, and
   * waits until messages flow in both directions.
   * @throws {TransportError} UNREACHABLE, REFUSED. @throws {UserError} usage BAD_ADDRESS.
   */
  connect(addresses: readonly string[]): Promise<void>
  isConnected(peer: PeerIdText): boolean
  /** Members that have an open connection with this host now: whom a blob may be asked of. */
  connectedMembers(): readonly PeerIdText[]
  /** All open connections, relays' included, for people. */
  connections(): readonly PeerConnection[]
  /** Where this member can be reached by what others said; hints, and often empty. Multiaddrs with /p2p/ suffix. */
  addressesOf(peer: PeerIdText): readonly string[]
  /**
   * Signs and gossips on the Scenario's topic; returns what was sent. Waits up to 2 s for somebody to hear it; when nobody does, it
   * is for sync().
   * @throws {MessageError} MESSAGE_TOO_LARGE, MESSAGE_MALFORMED.
   */
  publish<M extends Message>(message: M): Promise<SignedMessage<M>>
  /**
   * Brings a blob into the local store, where it is durable when this resolves; does nothing when it is there. Asks several `peers` at
   * once, verifies every chunk, and goes on where an earlier try stopped, also one before a restart. The first of `peers` is its
   * origin: asked for what the others do not have.
   * @throws {BlobError} BLOB_UNAVAILABLE, BLOB_TOO_LARGE, BLOB_BAD_REFERENCE, BLOB_DISK_FULL, BLOB_STORE_FAILED, BLOB_ABORTED.
   */
  fetchBlob(
    ref: { readonly cid: Cid; readonly size: number },
    options: {
      readonly peers: readonly PeerIdText[]
      readonly signal?: AbortSignal
      readonly onProgress?: (p: TransferProgress) => void
    },
  ): Promise<void>
  /**
   * Asks a peer for its latest signed messages (for whoever missed the gossip), and for what it keeps of our own (for whoever lost it).
   * Signature, sender and scope are checked; age is not.
   * @throws {TransportError} SYNC_FAILED.
   */
  sync(peer: PeerIdText): Promise<readonly SignedMessage[]>
  /** Lowers a peer's standing for a fault that only the application can see (T21); after about five faults it is disconnected. */
  penalize(peer: PeerIdText, code: string): void
  /** Bytes sent and received over blob streams since start. */
  traffic(): { readonly sentBytes: number; readonly receivedBytes: number }
}

/** What a host asks its owner. */
export type HostRules = {
  /**
   * Whether this peer may connect at all (registry). Asked for every connection, stream and message, so answer from a cache; a
   * rejection counts as no.
   */
  isMember(peer: PeerIdText): boolean | Promise<boolean>
  /** Verdict over a well-formed, correctly signed message before it propagates. */
  checkMessage(message: SignedMessage): Verdict
  /** Called once for every accepted message of somebody else, in order of arrival. */
  onMessage(message: SignedMessage): void
  /** Whether `peer` may have this blob (a silo's update: aggregator only; the global model: members). */
  mayServe(peer: PeerIdText, cid: Cid): boolean
  /** Latest own signed messages, for peers that missed the gossip, and those of others that are kept for them; each goes to its sender only. */
  latestMessages(): readonly SignedMessage[]
}
