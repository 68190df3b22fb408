import type { NetworkView } from '../../../network/network-file.ts'

/** Something that keeps a peer from the others, and what its administrator can do. */
export type Missing = { readonly what: string; readonly fix: string }

const LOOPBACK = /^\/(ip4\/127\.|ip6\/::1\/)/

/** What a running peer lacks to take part. */
export function whatIsMissing(view: NetworkView): readonly Missing[] {
  const { connections, relays, addresses, isAggregatorConnected } = view
  const members = connections.filter(({ role }) => role === 'member')
  const absent = relays.filter(
    (relay) => !connections.some(({ role, peer }) => role === 'relay' && relay.endsWith(peer)),
  )
  return [
    ...(isAggregatorConnected ? [] : [noAggregator(view, members.length)]),
    ...absent.map((relay) => ({
      what: `The relay ${relay} is not reached`,
      fix: 'Allow its port outbound, or give another one with --relay.',
    })),
    ...(relays.length > 0 && !addresses.some((address) => address.includes('/p2p-circuit'))
      ? [
          {
            what: 'No relay has given this peer a place',
            fix: 'The relay may be full, or this is none: its operator sees why.',
          },
        ]
      : []),
  ]
}

function noAggregator({ addresses, aggregator }: NetworkView, members: number): Missing {
  const onlyHere = addresses.length > 0 && addresses.every((address) => LOOPBACK.test(address))
  return {
    what: `The aggregator ${aggregator} is not connected; ${members} other members are`,
    fix: onlyHere
      ? 'fednode doctor  says whether it can be reached. This peer listens on loopback only: others cannot come to it either (--listen, --relay).'
      : 'fednode doctor  says whether it can be reached; if TCP is blocked, use an address with /tls/ws (port 443) or a relay (--relay).',
  }
}
