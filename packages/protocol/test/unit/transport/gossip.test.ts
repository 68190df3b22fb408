import { describe, expect, it } from 'vitest'
import { encodeCanonical } from '../../../src/codec/canonical.ts'
import { CLOCK_SKEW_MS, MAX_MESSAGE_BYTES, MESSAGE_LIFETIME_MS } from '../../../src/limits.ts'
import { encodeSignedMessage, signMessage } from '../../../src/messages/signed.ts'
import { GOSSIP_BURST } from '../../../src/transport/limits.ts'
import { joinGossip, type RawPeer, startRawPeer, TOPIC } from './raw-peer.ts'
import {
  CHAIN_ID,
  createTestHost,
  peerKeyOf,
  roundOpen,
  startHosts,
  startPair,
  type TestHost,
  until,
  updateReady,
} from './test-hosts.ts'

/** Gossipsub forgets what has expired once per heartbeat. */
const THREE_HEARTBEATS_MS = 1_600

/** A host, and a member that may send it any bytes. */
async function startWithRaw(): Promise<{ host: TestHost; raw: RawPeer }> {
  const host = createTestHost('host')
  const raw = await startRawPeer('raw')
  host.members.add(raw.peerId)
  await host.host.start()
  await joinGossip(raw, host)
  return { host, raw }
}

async function send(raw: RawPeer, bytes: Uint8Array): Promise<void> {
  await raw.node.services.gossip.publish(TOPIC, bytes)
}

/** Sends a good message and waits for it: whatever was sent before has been judged by then. */
async function flush(host: TestHost, raw: RawPeer): Promise<void> {
  const mark = roundOpen({ round: 9_999, sentAt: Date.now() + host.clock.offsetMs })
  await send(raw, encodeSignedMessage(signMessage(mark, raw.key)))
  await until('mark', () => host.heard.some(({ message }) => message.round === 9_999))
}

function heardBut(host: TestHost) {
  return host.heard.filter(({ message }) => message.round !== 9_999)
}

describe('gossip', () => {
  it('reaches seven peers that are connected as a star, once each', async () => {
    const hosts = await startHosts(['hub', 's1', 's2', 's3', 's4', 's5', 's6'])
    const [hub, ...silos] = hosts
    if (hub === undefined) throw new RangeError('a hub')
    await Promise.all(silos.map(({ host }) => host.connect([hub.address()])))
    await hub.host.publish(roundOpen())
    await Promise.all(
      silos.map(({ host }, index) => host.publish(updateReady({ round: index + 2 }))),
    )
    await until('all', () => hosts.every(({ heard }) => heard.length >= 6))
    expect(hub.heard.map(({ message }) => message.round).sort()).toEqual([2, 3, 4, 5, 6, 7])
    for (const [index, { heard }] of silos.entries()) {
      const rounds = heard.map(({ message }) => message.round).sort()
      expect(rounds).toEqual([1, 2, 3, 4, 5, 6, 7].filter((round) => round !== index + 2))
    }
  })

  it('publishes to nobody without failing, and says so', async () => {
    const { host, heard } = createTestHost('alone')
    await host.start()
    const sent = await host.publish(roundOpen())
    expect(sent.sender).toBe(host.peerId)
    expect(heard).toHaveLength(0)
  })

  it('does not deliver what the rules ignore or reject, nor pass it on', async () => {
    const hosts = await startHosts(['a', 'middle', 'c'])
    const [a, middle, c] = hosts
    if (a === undefined || middle === undefined || c === undefined) throw new RangeError('three')
    await a.host.connect([middle.address()])
    await c.host.connect([middle.address()])
    middle.rules.checkMessage = ({ message }) =>
      message.round === 3
        ? { action: 'accept' }
        : { action: message.round === 1 ? 'ignore' : 'reject', code: 'TEST' }
    for (const round of [1, 2, 3]) await a.host.publish(roundOpen({ round }))
    await until('third', () => c.heard.length > 0 && middle.heard.length > 0)
    expect(c.heard.map(({ message }) => message.round)).toEqual([3])
    expect(middle.heard.map(({ message }) => message.round)).toEqual([3])
  })

  it('goes on when the owner fails over a message', async () => {
    const [a, b] = await startPair()
    b.rules.onMessage = (signed) => {
      b.heard.push(signed)
      throw new RangeError('bug')
    }
    await a.host.publish(roundOpen())
    await a.host.publish(roundOpen({ round: 2 }))
    await until('both', () => b.heard.length === 2)
  })

  it('T2 refuses a message with the key or the signature of somebody else', async () => {
    const { host, raw } = await startWithRaw()
    const victim = peerKeyOf('victim')
    host.members.add(victim.peerId)
    const mine = signMessage(roundOpen(), raw.key)
    const theirs = signMessage(roundOpen({ round: 2 }), victim)
    const swapped = [
      { ...mine, key: victim.publicKey },
      { ...mine, signature: theirs.signature },
      { ...theirs, payload: mine.payload },
      { ...theirs, key: raw.key.publicKey },
    ]
    for (const signed of swapped) {
      const { key, payload, signature } = signed
      await send(raw, encodeCanonical({ key, payload, signature }))
    }
    await until('penalty', () => !host.host.isConnected(raw.peerId))
    expect(host.heard).toHaveLength(0)
  })

  it('T2 hears a member through another one under its own name only', async () => {
    const { host, raw } = await startWithRaw()
    const friend = peerKeyOf('friend')
    host.members.add(friend.peerId)
    await send(raw, encodeSignedMessage(signMessage(roundOpen({ round: 4 }), friend)))
    await flush(host, raw)
    expect(heardBut(host).map(({ sender }) => sender)).toEqual([friend.peerId])
  })

  it('T2 ignores a correctly signed message of somebody who is no member', async () => {
    const { host, raw } = await startWithRaw()
    await send(raw, encodeSignedMessage(signMessage(roundOpen(), peerKeyOf('outsider'))))
    await flush(host, raw)
    expect(heardBut(host)).toHaveLength(0)
    expect(host.host.isConnected(raw.peerId)).toBe(true)
  })

  it('T3 delivers a message once, whoever repeats it', async () => {
    const { host, raw } = await startWithRaw()
    const second = await startRawPeer('second')
    host.members.add(second.peerId)
    await joinGossip(second, host)
    const bytes = encodeSignedMessage(signMessage(roundOpen(), raw.key))
    await send(raw, bytes)
    await until('first', () => host.heard.length === 1)
    await send(second, bytes)
    await flush(host, second)
    expect(heardBut(host)).toHaveLength(1)
  })

  it('T3 remembers what it delivered for longer than a few heartbeats', async () => {
    const { host, raw } = await startWithRaw()
    const bytes = encodeSignedMessage(signMessage(roundOpen(), raw.key))
    await send(raw, bytes)
    await until('first', () => host.heard.length === 1)
    await new Promise((resolve) => setTimeout(resolve, THREE_HEARTBEATS_MS))
    // Whoever replays it has forgotten it: another node, as after a restart.
    const replayer = await startRawPeer('replayer')
    host.members.add(replayer.peerId)
    await joinGossip(replayer, host)
    await send(replayer, bytes)
    await flush(host, replayer)
    expect(heardBut(host)).toHaveLength(1)
  })

  it.each([
    ['expired', { sentAt: -MESSAGE_LIFETIME_MS - 2 * CLOCK_SKEW_MS }],
    ['from the future', { sentAt: 2 * CLOCK_SKEW_MS + 5_000 }],
  ])('T3 ignores a message that is %s', async (_name, { sentAt }) => {
    const { host, raw } = await startWithRaw()
    const message = roundOpen({ sentAt: Date.now() + sentAt })
    await send(raw, encodeSignedMessage(signMessage(message, raw.key)))
    await flush(host, raw)
    expect(heardBut(host)).toHaveLength(0)
    expect(host.host.isConnected(raw.peerId)).toBe(true)
  })

  it('T3 does not take an announcement again after a restart, when it has expired', async () => {
    const { host, raw } = await startWithRaw()
    const bytes = encodeSignedMessage(signMessage(roundOpen(), raw.key))
    host.clock.offsetMs = MESSAGE_LIFETIME_MS + 2 * CLOCK_SKEW_MS
    await send(raw, bytes)
    await flush(host, raw)
    expect(heardBut(host)).toHaveLength(0)
  })

  it.each([
    ['another chain', { chainId: CHAIN_ID + 1 }],
    ['another Scenario', { scenario: `0x${'cd'.repeat(20)}` as const }],
  ])('T3 refuses a message of %s', async (_name, change) => {
    const { host, raw } = await startWithRaw()
    await send(raw, encodeSignedMessage(signMessage(roundOpen(change), raw.key)))
    await flush(host, raw)
    expect(heardBut(host)).toHaveLength(0)
  })

  it('refuses garbage and more than 64 KiB, and drops who goes on with it', async () => {
    const { host, raw } = await startWithRaw()
    await send(raw, new Uint8Array(MAX_MESSAGE_BYTES + 1))
    await send(raw, new Uint8Array(0))
    await send(raw, Uint8Array.of(0xff, 0x00))
    for (let size = 1; size < 5; size++) await send(raw, new Uint8Array(size * 20_000))
    await until('drop', () => !host.host.isConnected(raw.peerId))
    expect(host.heard).toHaveLength(0)
  })

  it('T6: a flood that others pass on counts for who signed it, not for who brings it', async () => {
    const { host, raw } = await startWithRaw()
    const flooder = peerKeyOf('flooder')
    host.members.add(flooder.peerId)
    const isBlamed = (): boolean =>
      host.logged.some(({ peer, code }) => peer === flooder.peerId && code === 'FLOOD')
    for (let count = 0; count < 4 * GOSSIP_BURST && !isBlamed(); count++) {
      await send(raw, encodeSignedMessage(signMessage(roundOpen({ round: count + 1 }), flooder)))
    }
    await until('blame', isBlamed)
    await flush(host, raw)
    expect(host.host.isConnected(raw.peerId)).toBe(true)
    expect(host.logged.filter(({ peer }) => peer === raw.peerId)).toEqual([])
  })

  it('T6: a flood of what no member signed counts for who brings it', async () => {
    const { host, raw } = await startWithRaw()
    const outsider = peerKeyOf('outsider')
    for (let count = 0; count < 4 * GOSSIP_BURST; count++) {
      await send(raw, encodeSignedMessage(signMessage(roundOpen({ round: count + 1 }), outsider)))
    }
    await until('drop', () => !host.host.isConnected(raw.peerId))
    expect(host.heard).toHaveLength(0)
  })

  it('T6 drops a peer that floods, and hears the others meanwhile', async () => {
    const { host, raw } = await startWithRaw()
    const [calm] = await startHosts(['calm'])
    if (calm === undefined) throw new RangeError('one host')
    host.members.add(calm.key.peerId)
    calm.members.add(host.key.peerId)
    await calm.host.connect([host.address()])
    for (let count = 0; count < 4 * GOSSIP_BURST; count++) {
      await send(raw, encodeSignedMessage(signMessage(roundOpen({ round: count + 1 }), raw.key)))
    }
    await until('drop', () => !host.host.isConnected(raw.peerId))
    expect(host.heard.length).toBeLessThan(2 * GOSSIP_BURST)
    await calm.host.publish(updateReady({ round: 7_777 }))
    await until('calm', () => host.heard.some(({ message }) => message.round === 7_777))
  })
})
