import type { MultiaddrConnection } from '@libp2p/interface'
import { peerIdFromString } from '@libp2p/peer-id'
import { multiaddr } from '@multiformats/multiaddr'
import { describe, expect, it } from 'vitest'
import { LOGGED_STRANGERS } from '../../../src/transport/limits.ts'
import { createRelayGater, type RelayGuest } from '../../../src/transport/relay-gater.ts'
import { peerKeyOf } from './test-hosts.ts'

/** A gate whose guests are those that it let in. */
function openGate(placesPerAddress: number) {
  const guests: RelayGuest[] = []
  const logged: object[] = []
  const gater = createRelayGater({
    placesPerAddress,
    logger: { info: (fields) => logged.push(fields) },
    guests: () => guests,
  })
  async function letsIn(name: string, from: string): Promise<boolean> {
    const peer = peerIdFromString(peerKeyOf(name).peerId)
    const address = multiaddr(`${from}/tcp/4001`)
    // All that the gate looks at.
    const connection = { remoteAddr: address } as MultiaddrConnection
    const isIn = (await gater.denyInboundEncryptedConnection?.(peer, connection)) === false
    if (isIn) guests.push({ peer, address })
    return isIn
  }
  return { letsIn, logged }
}

describe('the gate of a relay for members', () => {
  it('T6: gives no new place to who is none any more, and lets nobody in that it cannot ask about', async () => {
    const members = new Set<string>([peerKeyOf('a').peerId])
    const gater = createRelayGater({
      placesPerAddress: 1,
      logger: { info() {} },
      guests: () => [],
      isMember: (peer) => members.has(peer),
    })
    const [a, b] = [peerKeyOf('a'), peerKeyOf('b')].map(({ peerId }) => peerIdFromString(peerId))
    if (a === undefined || b === undefined) throw new RangeError('two peers')
    expect(await gater.denyInboundRelayReservation?.(a)).toBe(false)
    expect(await gater.denyInboundRelayReservation?.(b)).toBe(true)
    members.clear()
    expect(await gater.denyInboundRelayReservation?.(a)).toBe(true)
    const blind = createRelayGater({
      placesPerAddress: 1,
      logger: { info() {} },
      guests: () => [],
      isMember: async () => {
        throw new RangeError('the chain is away')
      },
    })
    await expect(blind.denyInboundRelayReservation?.(a)).rejects.toThrow('the chain is away')
  })
})

describe('the gate of a relay', () => {
  it.each([
    ['one IPv4 address', '/ip4/192.0.2.1', '/ip4/192.0.2.1', '/ip4/192.0.2.2'],
    ['one IPv6 network', '/ip6/2a00::1', '/ip6/2a00::ffff:1', '/ip6/2a00:0:0:1::1'],
    [
      'one mapped address',
      '/ip6/::ffff:192.0.2.1',
      '/ip6/::ffff:192.0.2.1',
      '/ip6/::ffff:192.0.2.2',
    ],
    ['both spellings of one', '/ip4/192.0.2.1', '/ip6/::ffff:192.0.2.1', '/ip4/192.0.2.2'],
  ])('T6: %s gets so many places, whatever keys it makes', async (_name, first, same, other) => {
    const { letsIn, logged } = openGate(2)
    expect(await letsIn('a', first)).toBe(true)
    expect(await letsIn('b', same)).toBe(true)
    expect(await letsIn('c', first)).toBe(false)
    expect(await letsIn('d', same)).toBe(false)
    expect(await letsIn('e', other)).toBe(true)
    // Who is there already may have a second connection.
    expect(await letsIn('a', first)).toBe(true)
    expect(logged).toHaveLength(2)
  })

  it('T6: who is refused again and again does not fill the log', async () => {
    const { letsIn, logged } = openGate(1)
    for (let i = 0; i < 3 * LOGGED_STRANGERS; i++) await letsIn(`key ${i}`, '/ip4/192.0.2.1')
    expect(logged).toHaveLength(LOGGED_STRANGERS)
  })

  it('counts nobody of its own machine, where a TLS proxy may be', async () => {
    const { letsIn } = openGate(1)
    for (const name of ['a', 'b', 'c']) expect(await letsIn(name, '/ip4/127.0.0.1')).toBe(true)
  })
})
