import { defaulted, optional } from '../../../framework/option.ts'
import {
  address,
  announceAddress,
  filePath,
  integer,
  listenAddress,
  listOf,
} from '../../../framework/value-type.ts'
import { chainOptions } from '../../../options/chain.ts'
import { directoryOptions } from '../../../options/directory.ts'
import { metricsOptions } from '../../../options/metrics.ts'

const DEFAULT_PLACES = 512
/** A few members behind one NAT; a host with many keys takes no more. */
const DEFAULT_PLACES_PER_ADDRESS = 8
/** A connection of a peer that nobody vouches for ends some day; its rounds go on over the next one. */
const DEFAULT_CONNECTION_HOURS = 24
const MAX_CONNECTION_HOURS = 500
/** Some dozens of large models. */
const DEFAULT_CONNECTION_GIB = 64
const MAX_CONNECTION_GIB = 1_000_000
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
  members: optional(
    filePath(),
    'serve these peers only: a file with a peer id a line, read at the start; then no other limit than --places',
  ),
  scenario: optional(
    address,
    'serve the members of this federation only, as the chain says from time to time; in place of --members',
  ),
  connectionHours: defaulted(
    integer('HOURS', 1, MAX_CONNECTION_HOURS),
    DEFAULT_CONNECTION_HOURS,
    'without --members or --scenario: when a connection of a peer ends; it comes again, and transfers go on',
  ),
  connectionGib: defaulted(
    integer('GIB', 1, MAX_CONNECTION_GIB),
    DEFAULT_CONNECTION_GIB,
    'the same after so many GiB that were passed on to the peer',
  ),
  ...chainOptions,
  ...directoryOptions,
  ...metricsOptions,
} as const
