import { isIPv4 } from 'node:net'
import { defaulted } from '../../../framework/option.ts'
import { integer, type ValueType } from '../../../framework/value-type.ts'
import { metricsOptions } from '../../../options/metrics.ts'
import { networkToggle } from '../../../options/network-toggle.ts'

/** The port that all commands look at by default. */
const DEFAULT_PORT = 8545
const MAX_PORT = 65_535

const ip4: ValueType<string> = {
  placeholder: 'IP',
  expected: 'an IPv4 address',
  parse: (value) => (isIPv4(value) ? value : undefined),
}

export const localOptions = {
  port: defaulted(
    integer('PORT', 0, MAX_PORT),
    DEFAULT_PORT,
    'port to listen on; 0 takes a free one',
  ),
  host: defaulted(
    ip4,
    '127.0.0.1',
    'address to listen on; whoever reaches it may do anything to this chain, so only within a network of containers',
  ),
  network: networkToggle('also deploy a network: stake, arena, alliances, governance'),
  ...metricsOptions,
} as const
