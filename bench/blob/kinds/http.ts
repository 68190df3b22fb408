import { once } from 'node:events'
import { createServer, get, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { chunkCount, noiseAt } from '../chunks.ts'
import type { Peer } from '../peer.ts'

/** A plain HTTP/1.1 download: not encrypted, nothing is hashed, checked or written. */
export function createPeer(): Peer {
  let offered = 0
  let sent = 0
  const server = createServer(async (_request, response) => {
    const size = offered
    response.setHeader('content-length', size)
    for (let place = 0; place < chunkCount(size); place++) {
      const chunk = noiseAt(size, place)
      sent += chunk.length
      if (!response.write(chunk)) await once(response, 'drain')
    }
    response.end()
  })
  const address = (): string =>
    `http://127.0.0.1:${(server.address() as AddressInfo | null)?.port ?? 0}/`
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
      const [response] = (await once(get(place[0] ?? ''), 'response')) as [IncomingMessage]
      let received = 0
      for await (const data of response) received += (data as Uint8Array).length
      if (received !== size) throw new RangeError(`${received} bytes instead of ${size}`)
    },
    sentBytes: () => sent,
    stop: async () => void server.close(),
  }
}
