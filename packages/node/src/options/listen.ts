import { defaulted, optional, toggle } from '../framework/option.ts'
import {
  announceAddress,
  listenAddress,
  listOf,
  peerAddress,
  type ValueType,
} from '../framework/value-type.ts'

/** Loopback and any free port: nothing is opened to the network unless asked for. */
export const DEFAULT_LISTEN = '/ip4/127.0.0.1/tcp/0'
const NOWHERE = 'none'

const several = listOf(listenAddress)
/** Where to listen; "none" is a peer that only dials. */
const listenAddresses: ValueType<readonly string[]> = {
  placeholder: several.placeholder,
  expected: `${several.expected}; or ${NOWHERE}`,
  parse: (value) => (value === NOWHERE ? [] : several.parse(value)),
}

/** How this participant's libp2p host is reached. */
export const listenOptions = {
  listen: defaulted(
    listenAddresses,
    [DEFAULT_LISTEN],
    'where to listen; 0.0.0.0 to be reached from outside, none to dial only',
  ),
  announce: optional(
    listOf(announceAddress),
    'addresses to tell others instead (behind NAT, a TLS proxy, in a container)',
  ),
  relay: optional(
    listOf(peerAddress),
    'relays through which others reach this peer (fednode relay run)',
  ),
  mdns: toggle('look for members on the local network and answer others who look'),
} as const
