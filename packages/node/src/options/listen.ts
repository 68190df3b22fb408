import { defaulted, optional } from '../framework/option.ts'
import { listenAddress, listOf } from '../framework/value-type.ts'

/** Loopback and any free port: nothing is opened to the network unless asked for. */
export const DEFAULT_LISTEN = '/ip4/127.0.0.1/tcp/0'

/** Where this participant's libp2p host listens. */
export const listenOptions = {
  listen: defaulted(
    listenAddress,
    DEFAULT_LISTEN,
    'where to listen; 0.0.0.0 to be reached from outside',
  ),
  announce: optional(
    listOf(listenAddress),
    'addresses to tell others instead (behind NAT, in a container)',
  ),
} as const
