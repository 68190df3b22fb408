import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** A TCP line that delivers everything late. */
export type SlowLine = { readonly port: number; stop(): void }

/** Passes connections on to a local port, every byte `delayMs` later, both ways. (The kernels that CI has know no `tc netem`.) */
export async function startSlowLine(toPort: number, delayMs: number): Promise<SlowLine> {
  const sockets = new Set<Socket>()
  const server = createServer((from) => {
    const to = connect(toPort, '127.0.0.1')
    for (const socket of [from, to]) {
      sockets.add(socket)
      socket.on('close', () => sockets.delete(socket))
    }
    pass(from, to, delayMs)
    pass(to, from, delayMs)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    stop() {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}

/** Timers of one length fire in the order they were set, so the bytes stay in order. */
function pass(from: Socket, to: Socket, delayMs: number): void {
  from.setNoDelay(true)
  from.on('data', (bytes) => setTimeout(() => to.write(bytes), delayMs))
  from.on('end', () => setTimeout(() => to.end(), delayMs))
  // One end that broke breaks the other.
  from.on('error', () => to.destroy())
}
