import type { Connection, Stream } from '@libp2p/interface'
import { multiaddr } from '@multiformats/multiaddr'
import type { PeerKey } from '../../src/peer-key.ts'
import { createLibp2pNode } from '../../src/transport/libp2p-node.ts'

/** A peer that speaks libp2p and keeps none of our rules. */
export type HostileNode = {
  /** Multiaddrs with /p2p/ suffix. */
  addresses(): readonly string[]
  dial(address: string): Promise<Connection>
  open(address: string, protocol: string): Promise<Stream>
  /** Gossips any bytes. */
  publish(bytes: Uint8Array): Promise<void>
  /** Bytes that others gossiped, in order. */
  readonly heard: readonly Uint8Array[]
  /** Answers streams of others. */
  handle(protocol: string, answer: (stream: Stream) => void): Promise<void>
  stop(): Promise<void>
}

/** Started, with the key of a member. */
export async function startHostileNode(peerKey: PeerKey, topic: string): Promise<HostileNode> {
  const node = await createLibp2pNode({
    peerKey,
    listen: ['/ip4/127.0.0.1/tcp/0'],
    announce: [],
    topic,
    gater: {},
    scoreOf: () => 0,
  })
  const heard: Uint8Array[] = []
  const { gossip } = node.services
  gossip.addEventListener('message', ({ detail }) => heard.push(detail.data))
  await node.start()
  gossip.subscribe(topic)
  const dial = (address: string): Promise<Connection> => node.dial(multiaddr(address))
  return {
    addresses: () => node.getMultiaddrs().map(String),
    dial,
    open: async (address, protocol) => (await dial(address)).newStream(protocol),
    publish: async (bytes) => void (await gossip.publish(topic, bytes)),
    heard,
    handle: (protocol, answer) => node.handle(protocol, answer),
    stop: async () => void (await node.stop()),
  }
}
