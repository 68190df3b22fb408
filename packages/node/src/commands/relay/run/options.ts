import { defaulted, optional } from '../../../framework/option.ts'
import { announceAddress, integer, listenAddress, listOf } from '../../../framework/value-type.ts'
import { directoryOptions } from '../../../options/directory.ts'
import { metricsOptions } from '../../../options/metrics.ts'

const DEFAULT_PLACES = 512
/** A few members behind one NAT; a host with many keys takes no more. */
const DEFAULT_PLACES_PER_ADDRESS = 8
/** As many as a relay takes connections. */
const MAX_PLACES = 1_000

export const relayRunOptions = {
  listen: defaulted(
    listOf(listenAddress),
    ['/ip4/0.0.0.0/tcp/4001'],
    'where to listen; a second one with /ws is for a TLS proxy on port 443',
  ),
  announce: optional(
    listOf(announceAddress),
    'addresses under which this relay is reached from outside (behind NAT, a TLS proxy)',
  ),
  places: defaulted(
    integer('COUNT', 1, MAX_PLACES),
    DEFAULT_PLACES,
    'peers that may be reachable through it at a time',
  ),
  placesPerAddress: defaulted(
    integer('COUNT', 1, MAX_PLACES),
    DEFAULT_PLACES_PER_ADDRESS,
    'of those, from one IP address; more where many members share one, a TLS proxy on this machine has no limit',
  ),
  ...directoryOptions,
  ...metricsOptions,
} as const
