import { describe, expect, it } from 'vitest'
import { MESSAGE_LIFETIME_MS } from '../../../src/limits.ts'
import { encodeSignedMessage, signMessage } from '../../../src/messages/signed.ts'
import { MAX_SYNC_MESSAGES, SYNC_PROTOCOL } from '../../../src/transport/limits.ts'
import type { StreamIo } from '../../../src/transport/stream-io.ts'
import { startRawPeer } from './raw-peer.ts'
import { CHAIN_ID, createTestHost, peerKeyOf, roundOpen, startPair, until } from './test-hosts.ts'

const END = new Uint8Array(0)

describe('sync', () => {
  it('gives the latest messages in order, also old ones', async () => {
    const [a, b] = await startPair()
    const old = roundOpen({ sentAt: Date.now() - 10 * MESSAGE_LIFETIME_MS })
    const messages = [old, roundOpen({ round: 2 })].map((message) => signMessage(message, b.key))
    b.rules.latestMessages = () => messages
    expect(await a.host.sync(b.key.peerId)).toEqual(messages)
    expect(a.heard).toHaveLength(0)
  })

  it('T2 gives what it keeps of others to its sender only', async () => {
    const [a, b] = await startPair()
    const lost = signMessage(roundOpen(), a.key)
    const own = signMessage(roundOpen({ round: 2 }), b.key)
    b.rules.latestMessages = () => [lost, signMessage(roundOpen(), peerKeyOf('other')), own]
    expect(await a.host.sync(b.key.peerId)).toEqual([lost, own])
  })

  it('gives nothing when there is nothing', async () => {
    const [a, b] = await startPair()
    expect(await a.host.sync(b.key.peerId)).toEqual([])
  })

  it('gives the newest when there are too many', async () => {
    const [a, b] = await startPair()
    const messages = Array.from({ length: MAX_SYNC_MESSAGES + 10 }, (_, index) =>
      signMessage(roundOpen({ round: index + 1 }), b.key),
    )
    b.rules.latestMessages = () => messages
    const got = await a.host.sync(b.key.peerId)
    expect(got.map(({ message }) => message.round)).toEqual(
      messages.slice(10).map(({ message }) => message.round),
    )
  })

  it('fails when the peer is gone', async () => {
    const [a, b] = await startPair()
    await b.host.stop()
    await expect(a.host.sync(b.key.peerId)).rejects.toMatchObject({
      info: { code: 'SYNC_FAILED', peer: b.key.peerId },
    })
  })

  const own = signMessage(roundOpen(), peerKeyOf('raw'))
  it.each([
    ['T2 a message of somebody else', [signMessage(roundOpen(), peerKeyOf('other'))]],
    [
      'T3 a message of another chain',
      [signMessage(roundOpen({ chainId: CHAIN_ID + 1 }), peerKeyOf('raw'))],
    ],
    ['T2 a forged signature', [{ ...own, signature: own.signature.map((byte) => byte ^ 1) }]],
    ['T6 too many messages', Array.from({ length: MAX_SYNC_MESSAGES + 1 }, () => own)],
  ])('refuses an answer with %s', async (_name, messages) => {
    await expectRefused('BAD_FRAME', async (io) => {
      for (const message of messages) await io.writeFrame(encodeSignedMessage(message))
      await io.writeFrame(END)
    })
  })

  it('takes an answer of a peer that keeps the rules, so that the refusals are not for another reason', async () => {
    const { host, raw } = await startWithAnswer(async (io) => {
      await io.writeFrame(encodeSignedMessage(own))
      await io.writeFrame(END)
    })
    expect(await host.host.sync(raw.peerId)).toHaveLength(1)
  })

  it('refuses an answer that was cut short, and one with garbage', async () => {
    await expectRefused('CUT_SHORT', async (io) => {
      await io.writeFrame(encodeSignedMessage(own))
      await io.close()
    })
    await expectRefused('BAD_FRAME', (io) => io.writeFrame(Uint8Array.of(1, 2)))
    await expectRefused('BAD_FRAME', (io) => io.write(Uint8Array.of(0xff, 0xff, 0xff, 0x7f)))
  })

  it('T7 gives up on a peer that does not answer', async () => {
    await expectRefused('STALLED', () => new Promise(() => {}))
  })
})

async function startWithAnswer(answer: (io: StreamIo) => Promise<void>) {
  const host = createTestHost('host', { stallMs: 300 })
  const raw = await startRawPeer('raw', { [SYNC_PROTOCOL]: (io) => answer(io).catch(() => {}) })
  host.members.add(raw.peerId)
  await host.host.start()
  await raw.dial(host)
  // The dialer is through earlier than the host's gate; before that the host would not find the peer at all.
  await until('connected', () => host.host.isConnected(raw.peerId))
  return { host, raw }
}

async function expectRefused(code: string, answer: (io: StreamIo) => Promise<void>): Promise<void> {
  const { host, raw } = await startWithAnswer(answer)
  await expect(host.host.sync(raw.peerId)).rejects.toMatchObject({
    code: 'SYNC_FAILED',
    cause: { code },
  })
}
