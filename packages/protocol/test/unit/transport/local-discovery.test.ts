import { expect, it } from 'vitest'
import { startRawPeer } from './raw-peer.ts'
import { startHosts, until } from './test-hosts.ts'

it('two members of one network find each other, and nobody else, without an address', async () => {
  const stranger = await startRawPeer('stranger')
  const [a, b] = await startHosts(['a', 'b'], { localDiscovery: true, neighbours: 2 })
  if (a === undefined || b === undefined) throw new RangeError('two hosts')
  await until('found', () => a.host.connectedMembers().includes(b.key.peerId))
  expect(a.host.isConnected(stranger.peerId)).toBe(false)
})
