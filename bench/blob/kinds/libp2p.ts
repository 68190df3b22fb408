import { createHash } from 'node:crypto'
import { createPeerKey } from '../../../packages/protocol/src/index.ts'
import { parseTargets } from '../../../packages/protocol/src/transport/dial.ts'
import {
  createLibp2pNode,
  type Libp2pNode,
} from '../../../packages/protocol/src/transport/libp2p-node.ts'
import { chunkCount, noiseAt } from '../chunks.ts'
import type { Peer, PeerOptions } from '../peer.ts'

const PROTOCOL = '/bench/raw/1'

/** A plain stream of the same libp2p (TCP, noise, yamux, the same window): nothing is hashed, checked or written. */
export async function createPeer({ index }: PeerOptions): Promise<Peer> {
  const node = await createLibp2pNode({
    peerKey: createPeerKey(createHash('sha256').update(`bench-raw-${index}`).digest()),
    listen: ['/ip4/127.0.0.1/tcp/0'],
    announce: [],
    topic: 'bench',
    gater: {},
    scoreOf: () => 0,
  })
  let offered = 0
  let sent = 0
  await node.handle(PROTOCOL, async (stream) => {
    const size = offered
    for (let place = 0; place < chunkCount(size); place++) {
      const chunk = noiseAt(size, place)
      if (!stream.send(chunk)) await stream.onDrain()
      sent += chunk.length
    }
    await stream.close()
  })
  return {
    async start() {
      await node.start()
      return node.getMultiaddrs().map(String)
    },
    async connect(addresses) {
      for (const target of parseTargets(addresses)) await node.dial([...target.addresses])
    },
    async offer(size) {
      offered = size
      return { size, place: node.getMultiaddrs().map(String) }
    },
    fetch: ({ size, place }) => receive(node, place, size),
    sentBytes: () => sent,
    stop: async () => node.stop(),
  }
}

async function receive(node: Libp2pNode, place: readonly string[], size: number): Promise<void> {
  const [target] = parseTargets(place)
  if (target === undefined) throw new RangeError('no address')
  const stream = await node.dialProtocol([...target.addresses], PROTOCOL)
  let received = 0
  for await (const data of stream) received += data.byteLength
  if (received !== size) throw new RangeError(`${received} bytes instead of ${size}`)
  await stream.close()
}
