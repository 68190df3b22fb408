/** One process of the group: some silos, and as many TCP sockets. Told what to do by its parent (group.ts). */
import { connect } from 'node:net'
import process from 'node:process'
import { createGroupHost, groupMessage, preciseNow } from './group-world.ts'
import type { Order, Report } from './orders.ts'

const [order] = await once()
if (order?.type !== 'start') throw new TypeError('expected the order to start')
const { indices, peers, aggregator, tcpPort } = order
const report = (message: Report): void => void process.send?.(message)

const hosts = indices.map((index) =>
  createGroupHost(index, {
    peers,
    neighbours: true,
    heard: ({ message }) => report({ type: 'heard', round: message.round, at: preciseNow() }),
  }),
)
for (const host of hosts) {
  await host.start()
  await host.connect(aggregator)
}
for (const _ of indices) {
  connect(tcpPort, '127.0.0.1').on('data', (bytes) => {
    report({ type: 'heard', round: bytes.readUInt32BE(0), at: preciseNow() })
  })
}
report({ type: 'ready' })

process.on('message', (next: Order) => {
  if (next.type === 'count') {
    const links = hosts.map((host) => host.connectedMembers().length)
    report({ type: 'links', least: Math.min(...links) })
  }
  if (next.type === 'publish') {
    report({ type: 'sent', round: next.round, at: preciseNow() })
    void hosts[0]?.publish(groupMessage(next.round))
  }
})

function once(): Promise<Order[]> {
  return new Promise((resolve) => process.once('message', (first: Order) => resolve([first])))
}
