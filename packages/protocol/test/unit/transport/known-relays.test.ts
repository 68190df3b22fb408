import { multiaddr } from '@multiformats/multiaddr'
import { expect, it } from 'vitest'
import { createKnownRelays } from '../../../src/transport/known-relays.ts'
import { MAX_KNOWN_RELAYS } from '../../../src/transport/network-limits.ts'
import { peerKeyOf } from './test-hosts.ts'

const through = (name: string) =>
  multiaddr(`/ip4/192.0.2.1/tcp/1/p2p/${peerKeyOf(name).peerId}/p2p-circuit`)

it('T12: a member is no relay, whoever says so, and nobody is while the registry is silent', async () => {
  const member = peerKeyOf('member').peerId
  const relays = createKnownRelays((peer) => peer === member)
  expect(await relays.hear([through('member'), through('r')])).toEqual([peerKeyOf('r').peerId])
  expect(relays.has(member)).toBe(false)
  const blind = createKnownRelays(() => Promise.reject(new RangeError('down')))
  expect(await blind.hear([through('r')])).toEqual([])
})

it('T6: invented relays take no place for ever', async () => {
  const relays = createKnownRelays(() => false)
  const invented = Array.from({ length: MAX_KNOWN_RELAYS + 9 }, (_, i) => through(`invented ${i}`))
  const added = await relays.hear(invented)
  expect(added).toHaveLength(MAX_KNOWN_RELAYS)
  expect(await relays.hear([through('real')])).toEqual([])
  for (const one of added) relays.forget(one)
  expect(await relays.hear([through('real')])).toEqual([peerKeyOf('real').peerId])
})

it('what the operator names stays', async () => {
  const { peerId } = peerKeyOf('own')
  const relays = createKnownRelays(() => false)
  relays.trust(peerId)
  expect(await relays.hear([through('own')])).toEqual([])
  relays.forget(peerId)
  expect(relays.has(peerId)).toBe(true)
})
