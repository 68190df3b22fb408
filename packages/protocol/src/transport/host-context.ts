import type { AddressText, Cid, PeerIdText } from '../ids.ts'
import type { Logger } from '../logger.ts'
import type { PeerKey } from '../peer-key.ts'
import type { BlobTransfer } from './blob-transfer.ts'
import type { OnDeparture } from './departure.ts'
import type { KnownRelays } from './known-relays.ts'
import type { Libp2pNode } from './libp2p-node.ts'
import type { BlobStore, HostRules } from './types.ts'

/** What the parts of a running host share. */
export type HostContext = {
  readonly node: Libp2pNode
  readonly topic: string
  readonly peerKey: PeerKey
  readonly scope: { readonly chainId: number; readonly scenario: AddressText }
  readonly blobs: BlobStore
  /** Blobs on their way into the store, by id: what of them is here is served to others. */
  readonly transfers: Map<Cid, BlobTransfer>
  /** Ends of the fetches that run, by id of the blob. */
  readonly fetching: Map<Cid, Promise<void>>
  readonly relays: KnownRelays
  readonly rules: HostRules
  readonly logger: Logger
  readonly onDeparture: OnDeparture
  /** Unix ms. */
  clock(): number
  readonly stallMs: number
  readonly connectTries: number
  readonly fetchTries: number
  /** Aborted by stop(). */
  readonly signal: AbortSignal
  /** Payload bytes of blob streams; counted here by those who move them. */
  readonly traffic: { sentBytes: number; receivedBytes: number }
  penalize(peer: PeerIdText, code: string): void
}
