import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AddressText } from '../../../src/ids.ts'
import { signBinding, verifyBinding } from '../../../src/messages/binding.ts'
import { createPeerKey } from '../../../src/peer-key.ts'
import { fromHex, readVectors, toHex } from '../read-vectors.ts'
import { SILO, STRANGER } from '../sample-messages.ts'

type BindingVector = {
  readonly chainId: number
  readonly scenario: AddressText
  readonly account: AddressText
  readonly signer: string
  readonly binding: string
}

const membership = {
  chainId: 31_337,
  scenario: '0x1111111111111111111111111111111111111111',
  account: '0xabababababababababababababababababababab',
} as const
const binding = signBinding({ ...membership, peerKey: SILO })
const publicKey = SILO.publicKey

describe('the binding of a peer key to an account', () => {
  it('is that of the vectors', () => {
    const { signers, binding } = readVectors<{
      signers: Readonly<Record<string, string>>
      binding: BindingVector
    }>('messages')
    const peerKey = createPeerKey(fromHex(signers[binding.signer] ?? ''))
    expect(toHex(signBinding({ ...binding, peerKey }))).toBe(binding.binding)
  })

  it('T2 holds for this membership, in any letter case of the addresses', () => {
    expect(binding).toHaveLength(64)
    expect(verifyBinding({ ...membership, publicKey, binding })).toBe(true)
    const account = '0xABABABABABABABABABABABABABABABABABABABAB' as const
    expect(verifyBinding({ ...membership, account, publicKey, binding })).toBe(true)
  })

  it('T2 does not hold for another peer, account, Scenario or chain', () => {
    const other = '0x2222222222222222222222222222222222222222' as const
    expect(verifyBinding({ ...membership, publicKey: STRANGER.publicKey, binding })).toBe(false)
    expect(verifyBinding({ ...membership, account: other, publicKey, binding })).toBe(false)
    expect(verifyBinding({ ...membership, scenario: other, publicKey, binding })).toBe(false)
    expect(verifyBinding({ ...membership, chainId: 1, publicKey, binding })).toBe(false)
  })

  it('never throws on what a chain event holds', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 100 }),
        fc.uint8Array({ maxLength: 40 }),
        (binding, publicKey) => {
          expect(verifyBinding({ ...membership, publicKey, binding })).toBe(false)
        },
      ),
    )
  })
})
