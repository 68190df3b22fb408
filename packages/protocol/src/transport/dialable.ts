import type { Multiaddr } from '@multiformats/multiaddr'
import { isPeerId } from '../peer-id.ts'

/** TCP or WebSocket, perhaps through one relay, as names of components. */
const FORM = /^(?:ip4|ip6|dns|dns4|dns6) tcp(?: ws| wss| tls ws)?(?: p2p p2p-circuit)?(?: p2p)?$/
// The bytes of a name may hold "/" and mean another address once they are text.
const HOST = /^[0-9A-Za-z.:_-]{1,253}$/

/** Whether an address has one of the forms that are dialled (T29): never a path of a Unix socket, or another scheme. */
export function isDialable(address: Multiaddr): boolean {
  const components = address.getComponents()
  const [host, port] = components
  const names = components.map(({ name }) => name).join(' ')
  if (!FORM.test(names) || !HOST.test(host?.value ?? '') || port?.value === '0') return false
  return components.every(({ name, value }) => name !== 'p2p' || isPeerId(value))
}
