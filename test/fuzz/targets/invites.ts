import { createHash } from 'node:crypto'
import { peerAddress } from '../../../packages/node/src/framework/value-type.ts'
import { encodeCanonical } from '../../../packages/protocol/src/codec/canonical.ts'
import {
  createPeerKey,
  decodeInvite,
  encodeInvite,
  INVITE_PREFIX,
  type Invite,
} from '../../../packages/protocol/src/index.ts'
import { signedBytes } from '../../../packages/protocol/src/messages/signed-bytes.ts'
import type { FuzzTarget } from '../fuzz-target.ts'
import { textBytes, textOf } from '../text-bytes.ts'

const MAX_BYTES = 8 * 1_048_576
const CHECKSUM_BYTES = 4
const LETTERS = 'abcdefghijklmnopqrstuvwxyz234567'
const KEY = createPeerKey(new Uint8Array(32).fill(5))
const ADDRESS = `/dns4/fl.example.org/tcp/443/tls/ws/p2p/${KEY.peerId}`
const INVITE: Invite = {
  chainId: 31_337,
  scenario: `0x${'ab'.repeat(20)}`,
  orchestrator: `0x${'cd'.repeat(20)}`,
  addresses: [ADDRESS],
  relays: [],
  expires: 1_800_000_000_000,
}

/** What somebody pastes behind `fednode join`: the word itself, and what is inside of one whose checksum and signature fit. */
export const inviteTargets: readonly FuzzTarget[] = [
  {
    name: 'invite',
    corpus: textBytes(encodeInvite(INVITE, KEY), INVITE_PREFIX),
    parse: (bytes) => decodeInvite(textOf(bytes)).id !== '',
    maxBytes: MAX_BYTES,
  },
  {
    name: 'invite with a checksum that fits',
    corpus: [envelopeOf(encodeCanonical(INVITE))],
    parse: (bytes) => decodeInvite(wordOf(bytes)).id !== '',
    maxBytes: MAX_BYTES,
  },
  {
    name: 'invite with a signature that fits',
    corpus: [encodeCanonical(INVITE), encodeCanonical({ ...INVITE, account: INVITE.scenario })],
    parse: (bytes) => decodeInvite(wordOf(envelopeOf(bytes))).id !== '',
    maxBytes: MAX_BYTES,
  },
  {
    name: 'address of a peer',
    corpus: textBytes(
      ADDRESS,
      `/ip4/192.0.2.1/tcp/1/p2p/${KEY.peerId}/p2p-circuit/p2p/${KEY.peerId}`,
    ),
    parse: (bytes) => peerAddress.parse(textOf(bytes)) !== undefined,
    maxBytes: MAX_BYTES,
  },
]

function envelopeOf(payload: Uint8Array): Uint8Array {
  const signature = KEY.sign(signedBytes('invite', payload))
  return encodeCanonical({ key: KEY.publicKey, payload: Uint8Array.from(payload), signature })
}

function wordOf(envelope: Uint8Array): string {
  const checksum = createHash('sha256').update(envelope).digest().subarray(0, CHECKSUM_BYTES)
  return INVITE_PREFIX + base32Of(Buffer.concat([envelope, checksum]))
}

/** RFC 4648 without padding, lower case. */
function base32Of(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  const groups = bits.match(/.{1,5}/g) ?? []
  return groups.map((group) => LETTERS[Number.parseInt(group.padEnd(5, '0'), 2)]).join('')
}
