import { expect, it } from 'vitest'
import { joinGossip, startRawPeer, TOPIC } from './raw-peer.ts'
import { createTestHost, roundOpen, until } from './test-hosts.ts'

const MESHSUB = '/meshsub/'

it('a member whose gossip stream broke while the connection stayed hears messages again', async () => {
  const host = createTestHost('host')
  const raw = await startRawPeer('raw')
  host.members.add(raw.peerId)
  await host.host.start()
  await joinGossip(raw, host)
  const heard: number[] = []
  raw.node.services.gossip.addEventListener('gossipsub:message', ({ detail }) => {
    if (detail.msg.topic === TOPIC) heard.push(detail.msg.data.length)
  })
  await until('a first message', () => {
    void host.host.publish(roundOpen({ sentAt: Date.now() }))
    return heard.length > 0
  })

  const [connection] = raw.node.getConnections()
  for (const stream of connection?.streams ?? []) {
    const isFromHost = stream.direction === 'inbound' && stream.protocol.startsWith(MESHSUB)
    if (isFromHost) stream.abort(new RangeError('cut by the test'))
  }
  const before = heard.length
  await until('another message', () => {
    void host.host.publish(roundOpen({ round: 2, sentAt: Date.now() }))
    return heard.length > before
  })
  expect(raw.node.getConnections()).toEqual([connection])
})
