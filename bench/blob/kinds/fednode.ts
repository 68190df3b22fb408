import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { Cid, PeerIdText } from '../../../packages/protocol/src/ids.ts'
import {
  createBlobStore,
  createHost,
  createPeerKey,
  type PeerKey,
  silentLogger,
} from '../../../packages/protocol/src/index.ts'
import {
  cidOfDescriptor,
  createDescriber,
} from '../../../packages/protocol/src/transport/blob-descriptor.ts'
import { chunkAt, chunkCount } from '../chunks.ts'
import type { Peer, PeerOptions } from '../peer.ts'

/** `/fednode/blob/1` between real hosts: hashed, written to disk and synced. The first process is the origin. */
export function createPeer({ index, count, directory }: PeerOptions): Peer {
  const keys = Array.from({ length: count }, (_, place) => keyOf(place))
  const own = keys[index] ?? keyOf(index)
  const members = new Set<PeerIdText>(keys.map(({ peerId }) => peerId))
  const blobs = createBlobStore(join(directory, 'blobs'))
  const host = createHost(
    {
      ...{ peerKey: own, blobs, chainId: 1, scenario: `0x${'ab'.repeat(20)}` },
      listen: ['/ip4/127.0.0.1/tcp/0'],
    },
    {
      rules: {
        isMember: (peer) => members.has(peer),
        checkMessage: () => ({ action: 'ignore', code: 'NO_MESSAGES' }),
        onMessage: () => {},
        mayServe: (peer) => members.has(peer),
        latestMessages: () => [],
      },
      logger: silentLogger,
    },
  )
  return {
    async start() {
      await host.start()
      return host.addresses()
    },
    connect: (addresses) => host.connect(addresses),
    async offer(size, seed) {
      const describer = createDescriber(size)
      const indices = Array.from({ length: chunkCount(size) }, (_, place) => place)
      for (const place of indices) describer.add(chunkAt(size, place, seed))
      const descriptor = describer.finish()
      const writer = await blobs.openWriter(descriptor)
      for (const place of indices) await writer.writeChunks(place, [chunkAt(size, place, seed)])
      await writer.commit()
      return { size, place: [cidOfDescriptor(descriptor)] }
    },
    async fetch({ size, place }) {
      const peers = keys.map(({ peerId }) => peerId).filter((peer) => peer !== own.peerId)
      // Our own offer.
      await host.fetchBlob({ cid: place[0] as Cid, size }, { peers })
    },
    sentBytes: () => host.traffic().sentBytes,
    stop: () => host.stop(),
  }
}

function keyOf(place: number): PeerKey {
  return createPeerKey(createHash('sha256').update(`bench-blob-${place}`).digest())
}
