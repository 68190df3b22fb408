import type { Connection, Stream } from '@libp2p/interface'
import { peerIdFromString } from '@libp2p/peer-id'
import { multiaddr } from '@multiformats/multiaddr'
import type { PeerIdText } from '../../../src/ids.ts'
import type { PeerKey } from '../../../src/peer-key.ts'
import { topicOf } from '../../../src/transport/gossip-options.ts'
import { createLibp2pNode, type Libp2pNode } from '../../../src/transport/libp2p-node.ts'
import { isReady } from '../../../src/transport/readiness.ts'
import { createStreamIo, type StreamIo } from '../../../src/transport/stream-io.ts'
import { CHAIN_ID, peerKeyOf, SCENARIO, stopLater, type TestHost, until } from './test-hosts.ts'

export const TOPIC = topicOf(CHAIN_ID, SCENARIO)

/** A peer that speaks libp2p but keeps none of our rules. */
export type RawPeer = {
  readonly node: Libp2pNode
  readonly key: PeerKey
  readonly peerId: PeerIdText
  dial(target: TestHost): Promise<Connection>
  open(target: TestHost, protocol: string): Promise<{ stream: Stream; io: StreamIo }>
}

/** Started; `handlers` answer inbound streams by protocol id. */
export async function startRawPeer(
  name: string,
  handlers: Readonly<Record<string, (io: StreamIo, stream: Stream) => Promise<void>>> = {},
): Promise<RawPeer> {
  const key = peerKeyOf(name)
  const node = await createLibp2pNode({
    peerKey: key,
    listen: ['/ip4/127.0.0.1/tcp/0'],
    announce: [],
    topic: TOPIC,
    gater: {},
    scoreOf: () => 0,
  })
  for (const [protocol, handle] of Object.entries(handlers)) {
    await node.handle(protocol, (stream) =>
      handle(createStreamIo(stream, { stallMs: 5_000 }), stream),
    )
  }
  await node.start()
  stopLater(node)
  const dial = (target: TestHost): Promise<Connection> => node.dial(multiaddr(target.address()))
  return {
    node,
    key,
    peerId: key.peerId,
    dial,
    async open(target, protocol) {
      const stream = await (await dial(target)).newStream(protocol)
      return { stream, io: createStreamIo(stream, { stallMs: 5_000 }) }
    },
  }
}

/** Joins the topic and waits until `target` gets what is published. */
export async function joinGossip(raw: RawPeer, target: TestHost): Promise<void> {
  const { gossip } = raw.node.services
  gossip.subscribe(TOPIC)
  await raw.dial(target)
  const peer = peerIdFromString(target.key.peerId)
  await until('gossip', () => isReady(gossip, TOPIC, peer))
}
