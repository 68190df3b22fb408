import type { Host } from '@fednode/protocol'
import { Counter, Gauge, type Registry } from 'prom-client'

/** The parts of a running host that are counted. */
export type Network = Pick<Host, 'traffic'> & {
  /** Members of the federation that are connected now. */
  connected(): number
}

/** Bytes of weights over the network, and how many of the federation are there. */
export function declareNetworkMetrics(registry: Registry, network: Network): void {
  const registers = [registry]
  new Counter({
    name: 'fednode_network_sent_bytes_total',
    help: 'Payload bytes of blobs (updates, models) sent to other peers',
    registers,
    collect() {
      this.reset()
      this.inc(network.traffic().sentBytes)
    },
  })
  new Counter({
    name: 'fednode_network_received_bytes_total',
    help: 'Payload bytes of blobs received from other peers',
    registers,
    collect() {
      this.reset()
      this.inc(network.traffic().receivedBytes)
    },
  })
  new Gauge({
    name: 'fednode_network_connected_total',
    help: 'Members of the federation that are connected to this peer now',
    registers,
    collect() {
      this.set(network.connected())
    },
  })
}
