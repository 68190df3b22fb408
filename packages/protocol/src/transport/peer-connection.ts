import type { Connection } from '@libp2p/interface'
import type { PeerIdText } from '../ids.ts'
import { peerIdText } from './gater.ts'
import type { KnownRelays } from './known-relays.ts'

/** How bytes reach a peer: directly over TCP, over WebSocket, or through a relay. */
export type TransportName = 'tcp' | 'websocket' | 'relay'

/** One open connection, for people. */
export type PeerConnection = {
  readonly peer: PeerIdText
  readonly role: 'member' | 'relay'
  readonly transport: TransportName
  readonly direction: 'inbound' | 'outbound'
  /** Where the peer was seen, multiaddr. */
  readonly address: string
  /** Time of a ping there and back in ms, when there was one. */
  readonly rttMs?: number
  /** Unix ms. */
  readonly since: number
}

/** What people are told about a connection. */
export function describeConnection(connection: Connection, relays: KnownRelays): PeerConnection {
  const { remotePeer, remoteAddr, direction, rtt, timeline } = connection
  return {
    peer: peerIdText(remotePeer),
    role: relays.has(remotePeer) ? 'relay' : 'member',
    transport: transportOf(remoteAddr.toString()),
    direction,
    address: remoteAddr.toString(),
    ...(rtt === undefined ? {} : { rttMs: rtt }),
    since: timeline.open,
  }
}

/** The transport that an address stands for. */
export function transportOf(address: string): TransportName {
  if (address.includes('/p2p-circuit')) return 'relay'
  return /\/wss?(\/|$)/.test(address) ? 'websocket' : 'tcp'
}
