import { BlockList } from 'node:net'
import type { Multiaddr } from '@multiformats/multiaddr'

/** How far an address lies from the open internet: whoever is told of a deeper one than its teller's would look into networks for others (T29). */
export const NETWORK_DEPTH = { public: 0, private: 1, link: 2, machine: 3 } as const
export type NetworkDepth = (typeof NETWORK_DEPTH)[keyof typeof NETWORK_DEPTH]

/**
 * The depth of the first host of an address; undefined: it stands for no one host (unspecified, multicast), or hides an IPv4 address. A
 * name is judged by its ending; what it resolves to is not looked at.
 * @see RFC 6890 (special-purpose addresses), RFC 6761 and 6762 (special-use names)
 */
export function networkDepthOf(address: Multiaddr): NetworkDepth | undefined {
  const [host] = address.getComponents()
  if (host?.value === undefined) return undefined
  if (host.name === 'ip4') return depthOfIp(host.value, 'ipv4')
  if (host.name === 'ip6') return depthOfIp(host.value, 'ipv6')
  return depthOfName(host.value.toLowerCase().replace(/\.$/, ''))
}

type Family = 'ipv4' | 'ipv6'

function depthOfIp(ip: string, family: Family): NetworkDepth | undefined {
  if (MACHINE.check(ip, family)) return NETWORK_DEPTH.machine
  if (LINK.check(ip, family)) return NETWORK_DEPTH.link
  if (PRIVATE.check(ip, family)) return NETWORK_DEPTH.private
  return NOWHERE.check(ip, family) ? undefined : NETWORK_DEPTH.public
}

function depthOfName(name: string): NetworkDepth | undefined {
  const labels = name.split('.')
  const last = labels.at(-1) ?? ''
  if (last === 'localhost') return NETWORK_DEPTH.machine
  // Resolvers read 127.1 and 0x7f.1 as IPv4 addresses; no top-level domain begins with a digit.
  if (/^\d/.test(last)) return undefined
  if (last === 'local') return NETWORK_DEPTH.link
  const isInner = labels.length === 1 || last === 'internal' || name.endsWith('.home.arpa')
  return isInner ? NETWORK_DEPTH.private : NETWORK_DEPTH.public
}

const MACHINE = subnets(['127.0.0.0/8', '::1/128'])
const LINK = subnets(['169.254.0.0/16', 'fe80::/10'])
const PRIVATE = subnets([
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  // Carrier-grade NAT, and overlay networks.
  '100.64.0.0/10',
  'fc00::/7',
])
/** Unspecified, multicast, reserved; and IPv6 that carries an IPv4 address: compatible, NAT64, Teredo, 6to4. */
const NOWHERE = subnets([
  '0.0.0.0/8',
  '224.0.0.0/3',
  '::/96',
  '64:ff9b::/96',
  '2001::/32',
  '2002::/16',
  'ff00::/8',
])

function subnets(all: readonly string[]): BlockList {
  const list = new BlockList()
  for (const subnet of all) {
    const [net = '', bits = ''] = subnet.split('/')
    list.addSubnet(net, Number(bits), net.includes(':') ? 'ipv6' : 'ipv4')
  }
  return list
}
