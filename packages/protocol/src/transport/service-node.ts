import { type Identify, identify } from '@libp2p/identify'
import type { Libp2p } from '@libp2p/interface'
import { createLibp2p } from 'libp2p'
import { badListenAddress } from './listen-error.ts'
import { type NodeBasics, nodeBasics } from './node-basics.ts'

/** A libp2p node of somebody who belongs to no federation. */
export type ServiceNode = Libp2p<{ identify: Identify }>

/**
 * A libp2p node, not started, that gossips nothing: for one protocol between two strangers. Dials over TCP, WebSocket and relays.
 * @throws {UserError} usage BAD_ADDRESS.
 */
export async function createServiceNode(options: NodeBasics): Promise<ServiceNode> {
  return createLibp2p({
    ...(await nodeBasics(options)),
    services: { identify: identify() },
  }).catch((cause: unknown) => {
    throw badListenAddress(options.listen, cause)
  })
}
