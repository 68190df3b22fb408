import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { UserError } from '../../../src/errors.ts'
import { cidOfObject } from '../../../src/ids.ts'
import type { Invite } from '../../../src/invite/invite.ts'
import {
  decodeInvite,
  encodeInvite,
  INVITE_PREFIX,
  MAX_INVITE_CHARACTERS,
} from '../../../src/invite/invite-text.ts'
import { MAX_MANIFEST_BYTES } from '../../../src/limits.ts'
import { createPeerKey } from '../../../src/peer-key.ts'

const key = createPeerKey(new Uint8Array(32).fill(5))
const invite: Invite = {
  chainId: 31_337,
  scenario: `0x${'ab'.repeat(20)}`,
  orchestrator: `0x${'cd'.repeat(20)}`,
  addresses: [`/dns4/fl.example.org/tcp/4001/p2p/${key.peerId}`],
  relays: [],
  expires: 1_800_000_000_000,
}
const text = encodeInvite(invite, key)

function refusal(bad: string): string {
  try {
    decodeInvite(bad)
  } catch (error) {
    if (error instanceof UserError && error.code === 'BAD_INVITE') return error.message
    throw error
  }
  return 'taken'
}

describe('an invite', () => {
  it('is one word that says who signed it', () => {
    expect(text).toMatch(/^fednodeinvite1[a-z2-7]+$/)
    expect(decodeInvite(`  ${text}\n`)).toMatchObject({ invite, signer: key.peerId })
    const bound = { ...invite, account: `0x${'ef'.repeat(20)}` } as const
    expect(decodeInvite(encodeInvite(bound, key)).invite).toEqual(bound)
    expect(decodeInvite(encodeInvite(bound, key)).id).not.toBe(decodeInvite(text).id)
  })

  it('names a manifest in place of a Scenario where there is no chain', () => {
    const { addresses, relays, expires } = invite
    const cid = cidOfObject(Uint8Array.of(0xa0))
    const blob = { cid, size: 1_000 }
    const byMembers = { addresses, relays, expires, manifest: cid, blob }
    expect(decodeInvite(encodeInvite(byMembers, key)).invite).toEqual(byMembers)
    const huge = { ...byMembers, blob: { cid, size: MAX_MANIFEST_BYTES + 1 } }
    expect(refusal(encodeInvite(huge, key))).toContain('says something')
    expect(refusal(encodeInvite({ ...byMembers, ...invite }, key))).toContain('says something')
  })

  it('is refused with one character changed, left out or added, wherever', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: text.length - 1 }),
        fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz234567'),
        fc.constantFrom('change', 'leave out', 'add'),
        (at, letter, how) => {
          const kept = how === 'add' ? 0 : 1
          const inserted = how === 'leave out' ? '' : letter
          const other = text.slice(0, at) + inserted + text.slice(at + kept)
          fc.pre(other !== text)
          expect(refusal(other)).toContain('this is no invite')
        },
      ),
    )
  })

  it.each([
    ['', 'does not begin'],
    [INVITE_PREFIX, 'checksum'],
    [`${INVITE_PREFIX}!!!`, 'character that no invite has'],
    [`${INVITE_PREFIX}${'a'.repeat(MAX_INVITE_CHARACTERS)}`, 'at most 8192'],
    [text.replace(INVITE_PREFIX, 'fednodeinvite2'), 'does not begin'],
  ])('%j is refused: %s', (bad, why) => {
    expect(refusal(bad)).toContain(why)
  })

  it.each([
    { ...invite, addresses: Array.from({ length: 9 }, () => '/ip4/192.0.2.1/tcp/1') },
    { ...invite, addresses: ['x'.repeat(513)] },
    { ...invite, scenario: '0xABCDEF' },
    { ...invite, expires: -1 },
    { ...invite, sql: 'select' },
  ])('with terms that no invite has is refused (%#)', (terms) => {
    // As somebody with another program could write it.
    expect(refusal(encodeInvite(terms as Invite, key))).toContain('says something')
  })

  it('never ends otherwise than with an invite or BAD_INVITE, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (tail) => {
        expect(refusal(INVITE_PREFIX + tail)).toContain('this is no invite')
      }),
    )
  })
})
