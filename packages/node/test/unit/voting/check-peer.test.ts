import { createPeerKey } from '@fednode/protocol'
import { expect, it } from 'vitest'
import { checkPeer } from '../../../src/voting/check-peer.ts'

const keyOf = (seed: number) => createPeerKey(new Uint8Array(32).fill(seed))
const self = {
  account: { address: '0x00000000000000000000000000000000000000aa' },
  peerKey: keyOf(1),
} as const

it('a node runs with the key that it joined with, and with no other', () => {
  expect(() => checkPeer({ peerOf: () => keyOf(1).peerId }, self)).not.toThrow()
  for (const [joinedAs, says] of [
    [keyOf(2).peerId, keyOf(2).peerId],
    [undefined, 'one whose binding does not hold'],
  ] as const) {
    expect(() => checkPeer({ peerOf: () => joinedAs }, self)).toThrow(
      expect.objectContaining({
        message: `account ${self.account.address} has joined with another peer key (${says})`,
        info: expect.objectContaining({ fault: 'refused', code: 'OTHER_PEER_KEY' }),
      }),
    )
  }
})
