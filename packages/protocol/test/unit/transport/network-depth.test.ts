import { peerIdFromString } from '@libp2p/peer-id'
import { multiaddr } from '@multiformats/multiaddr'
import { describe, expect, it } from 'vitest'
import { createAddressFilter } from '../../../src/transport/address-filter.ts'
import { localAddresses } from '../../../src/transport/local-addresses.ts'
import { networkDepthOf } from '../../../src/transport/network-depth.ts'
import { depthOfTeller, upToDepth } from '../../../src/transport/up-to-depth.ts'
import { peerKeyOf } from './test-hosts.ts'

const PEER = peerKeyOf('peer').peerId

describe('the depth of an address', () => {
  it.each([
    ['/ip4/192.0.2.1', 0],
    ['/ip6/2a00::1', 0],
    ['/dns4/fl.example.org', 0],
    ['/ip4/10.1.2.3', 1],
    ['/ip4/172.31.255.255', 1],
    ['/ip4/192.168.0.1', 1],
    ['/ip4/100.64.0.1', 1],
    ['/ip6/fd00::1', 1],
    ['/dns4/silo-1', 1],
    ['/dns4/db.internal', 1],
    ['/ip4/169.254.169.254', 2],
    ['/ip6/fe80::1', 2],
    ['/dns4/printer.local', 2],
    ['/ip4/127.0.0.1', 3],
    ['/ip4/127.255.0.1', 3],
    ['/ip6/::1', 3],
    ['/ip6/::ffff:127.0.0.1', 3],
    ['/ip6/::ffff:10.0.0.1', 1],
    ['/dns4/LOCALHOST', 3],
    ['/dns4/a.localhost.', 3],
    ['/ip4/0.0.0.0', undefined],
    ['/ip4/255.255.255.255', undefined],
    ['/ip4/224.0.0.251', undefined],
    ['/ip6/::', undefined],
    ['/ip6/64:ff9b::7f00:1', undefined],
    ['/ip6/2002:7f00:1::', undefined],
    ['/dns4/127.1', undefined],
    ['/dns4/2130706433', undefined],
    ['/dns4/0x7f.0x1', undefined],
  ])('of %s is %s', (host, depth) => {
    expect(networkDepthOf(multiaddr(`${host}/tcp/80`))).toBe(depth)
  })
})

describe('who tells of an address', () => {
  const told = ['192.0.2.1', '10.0.0.1', '169.254.169.254', '127.0.0.1', '0.0.0.0'].map(
    (ip) => `/ip4/${ip}/tcp/6379/p2p/${PEER}`,
  )
  it.each([
    ['/ip4/192.0.2.9/tcp/1', 1],
    ['/ip4/192.168.7.7/tcp/1', 2],
    ['/ip6/fe80::7/tcp/1', 3],
    ['/ip4/127.0.0.1/tcp/1', 4],
  ])('T29: from %s it may lie as deep, and no deeper', (remote, count) => {
    const limit = depthOfTeller([{ remoteAddr: multiaddr(remote) }])
    expect(upToDepth(told, limit)).toEqual(told.slice(0, count))
  })

  it('T29: a peer that is gone tells of the open internet only', () => {
    expect(upToDepth(told, depthOfTeller([]))).toEqual(told.slice(0, 1))
  })

  it('T29: what a member says of itself is held to the same, and no other form is dialled', async () => {
    const peer = peerIdFromString(PEER)
    const filter = createAddressFilter({
      self: peerKeyOf('self').peerId,
      connectionsOf: () => [{ remoteAddr: multiaddr('/ip4/192.0.2.9/tcp/1') }],
    })
    const kept = told.filter((text) => filter.filterMultiaddrForPeer?.(peer, multiaddr(text)))
    expect(kept).toEqual(told.slice(0, 1))
    expect(filter.denyDialMultiaddr?.(multiaddr('/unix/%2Frun%2Fdocker.sock'))).toBe(true)
    expect(filter.denyDialMultiaddr?.(multiaddr(told[3] ?? ''))).toBe(false)
  })

  it('T13 T29: the local network tells of itself; of this machine only when nobody else is reached', () => {
    const relayed = multiaddr(`/ip4/10.0.0.1/tcp/1/p2p/${peerKeyOf('r').peerId}/p2p-circuit`)
    const heard = [...told.map((text) => multiaddr(text)), relayed]
    const at = (own: readonly string[]): readonly string[] =>
      localAddresses(
        PEER,
        heard,
        own.map((text) => multiaddr(text)),
      )
    expect(at(['/ip4/10.0.0.2/tcp/1', '/ip4/127.0.0.1/tcp/1'])).toEqual(told.slice(1, 3))
    expect(at([])).toEqual(told.slice(1, 3))
    expect(at(['/ip4/127.0.0.1/tcp/1'])).toEqual(told.slice(1, 4))
  })
})
