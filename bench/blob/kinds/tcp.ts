import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'
import { chunkCount, noiseAt } from '../chunks.ts'
import type { Peer } from '../peer.ts'

/** A plain TCP connection a blob: not encrypted, nothing is hashed, checked or written. */
export function createPeer(): Peer {
  let offered = 0
  let sent = 0
  const server = createServer(async (socket) => {
    const size = offered
    for (let place = 0; place < chunkCount(size); place++) {
      const chunk = noiseAt(size, place)
      sent += chunk.length
      if (!socket.write(chunk)) await once(socket, 'drain')
    }
    socket.end()
  })
  const address = (): string => String((server.address() as AddressInfo | null)?.port ?? 0)
  return {
    async start() {
      server.listen(0, '127.0.0.1')
      await once(server, 'listening')
      return [address()]
    },
    connect: async () => {},
    async offer(size) {
      offered = size
      return { size, place: [address()] }
    },
    async fetch({ size, place }) {
      const socket = connect(Number(place[0]), '127.0.0.1')
      let received = 0
      for await (const data of socket) received += (data as Uint8Array).length
      if (received !== size) throw new RangeError(`${received} bytes instead of ${size}`)
    },
    sentBytes: () => sent,
    stop: async () => void server.close(),
  }
}
