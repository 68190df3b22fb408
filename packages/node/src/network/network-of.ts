import type { HostOptions } from '@fednode/protocol'
import type { ArgsOf } from '../framework/option.ts'
import type { listenOptions } from '../options/listen.ts'

/** How a host is reached, from the command line's options. */
export function networkOf({
  listen,
  announce = [],
  relay = [],
  mdns,
}: ArgsOf<typeof listenOptions>): Pick<
  HostOptions,
  'listen' | 'announce' | 'relays' | 'localDiscovery'
> {
  return { listen, announce, relays: relay, localDiscovery: mdns }
}
