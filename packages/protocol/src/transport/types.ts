import type { Cid, PeerIdText } from '../ids.ts'
import type { Message, SignedMessage, Verdict } from '../messages/types.ts'

/** Bytes by content: the local store that blobs are served from and fetched into. Ids are checked on write. */
export type BlobStore = {
  has(cid: Cid): Promise<boolean>
  /** @throws {BlobError} NOT_FOUND, CORRUPT. */
  get(cid: Cid): Promise<Uint8Array>
  /** Write, fsync, rename; returns when the bytes are durable. */
  put(bytes: Uint8Array): Promise<{ readonly cid: Cid; readonly size: number }>
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
  start(): Promise<void>
  stop(): Promise<void>
  /** Connects, with bounded retries. @throws {TransportError} UNREACHABLE. */
  connect(addresses: readonly string[]): Promise<void>
  isConnected(peer: PeerIdText): boolean
  /** Signs and gossips on the Scenario's topic; returns what was sent. @throws {TransportError} MESSAGE_TOO_LARGE. */
  publish<M extends Message>(message: M): Promise<SignedMessage<M>>
  /** Fetches a blob from `peers` into the local store, verifying every chunk. @throws {BlobError}. */
  fetchBlob(
    ref: { readonly cid: Cid; readonly size: number },
    options: {
      readonly peers: readonly PeerIdText[]
      readonly signal?: AbortSignal
      readonly onProgress?: (p: TransferProgress) => void
    },
  ): Promise<Uint8Array>
  /** Asks a peer for its latest signed messages (for whoever missed the gossip). */
  sync(peer: PeerIdText): Promise<readonly SignedMessage[]>
  /** Lowers a peer's standing for a fault that only the application can see (T21). */
  penalize(peer: PeerIdText, code: string): void
  /** Bytes sent and received over blob streams since start. */
  traffic(): { readonly sentBytes: number; readonly receivedBytes: number }
}

/** What a host asks its owner. */
export type HostRules = {
  /** Whether this peer may connect at all (registry). */
  isMember(peer: PeerIdText): boolean | Promise<boolean>
  /** Verdict over a well-formed, correctly signed message before it propagates. */
  checkMessage(message: SignedMessage): Verdict
  /** Called once for every accepted message of somebody else. */
  onMessage(message: SignedMessage): void
  /** Whether `peer` may have this blob (a silo's update: aggregator only; the global model: members). */
  mayServe(peer: PeerIdText, cid: Cid): boolean
  /** Latest own signed messages, for peers that missed the gossip. */
  latestMessages(): readonly SignedMessage[]
}
