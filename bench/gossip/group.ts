import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createGroupHost, groupMessage, preciseNow } from './group-world.ts'
import type { Order, Report } from './orders.ts'

const PEERS_FILE = path.join(import.meta.dirname, 'peers.ts')
/** Four times as often as an aggregator says what is open: a message is there before the next one leaves. */
const PAUSE_MS = 500
/** How long the last message may still be on its way. */
const LAST_WAIT_MS = 3_000
/** Every silo looks for eight neighbours; it has found some when nobody has fewer, and it goes on looking. */
const LEAST_LINKS = 8
const SETTLE_MS = 60_000
/** The last dials end and the meshes form, in ms. */
const MESH_MS = 5_000
/** Of a signed RoundOpen. */
const MESSAGE_BYTES = 600

/** A federation's peers in several processes: the aggregator here, the silos in children. */
export type Group = {
  /** Publishes `count` messages, one after the other. @returns ms of every delivery, and how many there should have been. */
  measure(
    from: 'aggregator' | 'silo' | 'tcp',
    count: number,
  ): Promise<{ readonly latencies: readonly number[]; readonly expected: number }>
  stop(): void
}

export async function startGroup(options: {
  readonly peers: number
  readonly processes: number
}): Promise<Group> {
  const { peers, processes } = options
  const sent = new Map<number, number>()
  const heard: { round: number; at: number }[] = []
  const note = (round: number): void => void heard.push({ round, at: preciseNow() })
  const aggregator = createGroupHost(0, {
    peers,
    neighbours: false,
    heard: ({ message }) => note(message.round),
  })
  await aggregator.start()
  const { sockets, port } = await startSockets()
  const children = Array.from({ length: processes }, () => fork(PEERS_FILE))
  for (const child of children) {
    child.on('message', (report: Report) => {
      if (report.type === 'heard') heard.push(report)
      if (report.type === 'sent') sent.set(report.round, report.at)
    })
  }
  await Promise.all(
    children.map((child, own) => {
      const indices = Array.from({ length: peers - 1 }, (_, i) => i + 1)
      const ready = reportOf(child, 'ready')
      order(child, {
        type: 'start',
        indices: indices.filter((index) => index % processes === own),
        peers,
        aggregator: aggregator.addresses(),
        tcpPort: port,
      })
      return ready
    }),
  )
  await settled(children)

  let round = 0
  const publish = {
    async aggregator() {
      sent.set(round, preciseNow())
      await aggregator.publish(groupMessage(round))
    },
    async silo() {
      const [first] = children
      if (first !== undefined) order(first, { type: 'publish', round })
    },
    async tcp() {
      const bytes = Buffer.alloc(MESSAGE_BYTES)
      bytes.writeUInt32BE(round)
      sent.set(round, preciseNow())
      for (const socket of sockets) socket.write(bytes)
    },
  }
  return {
    async measure(from, count) {
      const first = round + 1
      for (let done = 0; done < count; done++) {
        round++
        await publish[from]()
        await sleep(PAUSE_MS)
      }
      await sleep(LAST_WAIT_MS)
      const latencies = heard
        .filter((one) => one.round >= first)
        .map((one) => one.at - (sent.get(one.round) ?? Number.NaN))
      return { latencies, expected: count * (peers - 1) }
    },
    stop() {
      for (const child of children) child.kill('SIGKILL')
      for (const socket of sockets) socket.destroy()
      void aggregator.stop()
    },
  }
}

/** Waits until every silo has its neighbours. */
async function settled(children: readonly ChildProcess[]): Promise<void> {
  const end = preciseNow() + SETTLE_MS
  for (;;) {
    const counts = await Promise.all(
      children.map(async (child) => {
        const links = reportOf(child, 'links')
        order(child, { type: 'count' })
        return (await links).least
      }),
    )
    if (Math.min(...counts) >= LEAST_LINKS) return sleep(MESH_MS)
    if (preciseNow() > end) throw new RangeError(`some silo has ${Math.min(...counts)} links only`)
    await sleep(1_000)
  }
}

async function startSockets(): Promise<{ sockets: Socket[]; port: number }> {
  const sockets: Socket[] = []
  const server = createServer((socket) => {
    socket.setNoDelay(true)
    sockets.push(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  server.unref()
  // A TCP server's address is never a path.
  return { sockets, port: (server.address() as AddressInfo).port }
}

function order(child: ChildProcess, message: Order): void {
  child.send(message)
}

function reportOf<T extends Report['type']>(
  child: ChildProcess,
  type: T,
): Promise<Extract<Report, { type: T }>> {
  return new Promise((resolve) => {
    const listen = (report: Report): void => {
      if (report.type !== type) return
      child.off('message', listen)
      // Compared the line above.
      resolve(report as Extract<Report, { type: T }>)
    }
    child.on('message', listen)
  })
}
