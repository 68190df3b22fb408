import { multiaddr } from '@multiformats/multiaddr'
import { describe, expect, it } from 'vitest'
import { heardAddresses } from '../../../src/transport/heard-addresses.ts'
import {
  MAX_ADDRESSES_PER_PEER,
  MAX_RELAYS_PER_PEER,
} from '../../../src/transport/network-limits.ts'
import { peerKeyOf } from './test-hosts.ts'

const PEER = peerKeyOf('peer').peerId
const RELAY = peerKeyOf('relay').peerId
/** A name of 7 bytes that is a path, and port 80. */
const SLASH_IN_NAME = multiaddr(Uint8Array.of(54, 7, ...Buffer.from('x/bogus'), 6, 0, 80))

describe('addresses that others tell', () => {
  it.each([
    '/ip4/192.0.2.1/tcp/4001',
    '/ip6/2a00::1/tcp/4001/ws',
    '/dns4/fl.example.org/tcp/443/tls/ws',
    '/dns/fl.example.org/tcp/443/wss',
    `/dns6/relay.example.org/tcp/443/wss/p2p/${RELAY}/p2p-circuit`,
  ])('%s is kept', (text) => {
    expect(heardAddresses(PEER, [multiaddr(text)])).toEqual([`${text}/p2p/${PEER}`])
    expect(heardAddresses(PEER, [multiaddr(`${text}/p2p/${PEER}`)])).toEqual([
      `${text}/p2p/${PEER}`,
    ])
  })

  it.each([
    ['a name with a slash', SLASH_IN_NAME],
    ['a Unix socket', multiaddr('/unix/%2Fvar%2Frun%2Fdocker.sock')],
    ['UDP', multiaddr('/ip4/192.0.2.1/udp/4001/quic-v1')],
    ['a list of further addresses', multiaddr('/dnsaddr/example.org')],
    ['plain HTTP', multiaddr('/ip4/192.0.2.1/tcp/80/http')],
    ['port 0', multiaddr('/ip4/192.0.2.1/tcp/0')],
    ['an address without a host', multiaddr(`/p2p/${RELAY}/p2p-circuit`)],
    ['another peer', multiaddr(`/ip4/192.0.2.1/tcp/4001/p2p/${RELAY}`)],
    [
      'a relay behind a relay',
      multiaddr(`/ip4/192.0.2.1/tcp/1/p2p/${RELAY}/p2p-circuit/p2p/${RELAY}/p2p-circuit`),
    ],
  ])('T29: %s is not', (_name, address) => {
    expect(heardAddresses(PEER, [address])).toEqual([])
  })

  it('T6: so many are kept, and through so many relays', () => {
    const direct = Array.from({ length: 100 }, (_, i) => multiaddr(`/ip4/192.0.2.1/tcp/${i + 1}`))
    expect(heardAddresses(PEER, direct)).toHaveLength(MAX_ADDRESSES_PER_PEER)
    const relayed = ['r1', 'r2', 'r3', 'r4', 'r1'].map((name) =>
      multiaddr(`/ip4/192.0.2.1/tcp/1/p2p/${peerKeyOf(name).peerId}/p2p-circuit`),
    )
    expect(new Set(heardAddresses(PEER, relayed)).size).toBe(MAX_RELAYS_PER_PEER)
    expect(heardAddresses(PEER, relayed)).toHaveLength(MAX_RELAYS_PER_PEER + 1)
  })
})
