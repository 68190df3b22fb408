import { inspect } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { verifyEd25519 } from '../../src/ed25519.ts'
import { IdError } from '../../src/ids-error.ts'
import { isPeerId, peerIdFromPublicKey, publicKeyOfPeerId } from '../../src/peer-id.ts'
import { createPeerKey, generatePeerKey } from '../../src/peer-key.ts'
import { fromHex, readVectors, toHex } from './read-vectors.ts'

type PeerVector = { readonly seed: string; readonly publicKey: string; readonly peerId: string }

const { peers } = readVectors<{ peers: PeerVector[] }>('ids')

describe('peer ids', () => {
  it('are those of the vectors', () => {
    for (const { seed, publicKey, peerId } of peers) {
      const key = createPeerKey(fromHex(seed))
      expect(toHex(key.publicKey)).toBe(publicKey)
      expect(key.peerId).toBe(peerId)
      expect(toHex(publicKeyOfPeerId(peerId))).toBe(publicKey)
    }
  })

  it('give back every public key', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (publicKey) => {
        expect(publicKeyOfPeerId(peerIdFromPublicKey(publicKey))).toEqual(publicKey)
      }),
    )
  })

  it('T22 are refused in any other form, and long texts without work', () => {
    const [{ peerId } = { peerId: '' }] = peers
    const bad = [
      '',
      peerId.slice(1),
      `${peerId}1`,
      peerId.replace(/.$/, '0'),
      `12D3KooW${'z'.repeat(44)}`,
      '1'.repeat(1 << 20),
      'QmYyQSo1c1Ym7orWxLYvCrM2EmxFTANf8wXmmE7DWjhx5N',
      7,
    ]
    expect(bad.filter(isPeerId)).toEqual([])
    expect(() => publicKeyOfPeerId('x')).toThrow(IdError)
    expect(() => peerIdFromPublicKey(new Uint8Array(31))).toThrow(IdError)
  })
})

describe('peer keys', () => {
  it('sign what their public key verifies, and nothing else', () => {
    const key = generatePeerKey()
    const other = generatePeerKey()
    const text = Uint8Array.of(1, 2, 3)
    const signature = key.sign(text)
    expect(verifyEd25519(key.publicKey, text, signature)).toBe(true)
    expect(verifyEd25519(other.publicKey, text, signature)).toBe(false)
    expect(verifyEd25519(key.publicKey, Uint8Array.of(1, 2, 4), signature)).toBe(false)
    for (let i = 0; i < 64; i++) {
      const damaged = Uint8Array.from(signature)
      damaged[i] = (damaged[i] ?? 0) ^ 1
      expect(verifyEd25519(key.publicKey, text, damaged)).toBe(false)
    }
  })

  it('come back from their seed, which is copied', () => {
    const seed = new Uint8Array(32).fill(9)
    const key = createPeerKey(seed)
    seed.fill(0)
    expect(createPeerKey(key.exportSeed()).peerId).toBe(key.peerId)
    expect(toHex(key.exportSeed())).toBe('09'.repeat(32))
    expect(() => createPeerKey(new Uint8Array(64))).toThrow(IdError)
  })

  it('T41 show no secret when they are printed or serialised', () => {
    const key = createPeerKey(new Uint8Array(32).fill(0xab))
    const shown = inspect(key, { depth: 9, showHidden: true }) + JSON.stringify(key)
    expect(shown).not.toMatch(/171,\s*171|abab|"171"/)
  })

  it('T2 count for nothing when anybody could sign with them', () => {
    // Identity point, R = identity, s = 0: satisfies the equation for every message.
    const identity = new Uint8Array(32)
    identity[0] = 1
    const signature = new Uint8Array(64)
    signature[0] = 1
    expect(verifyEd25519(identity, Uint8Array.of(1), signature)).toBe(false)
  })

  it('never throw on keys and signatures of any size', () => {
    const bytes = fc.uint8Array({ maxLength: 80 })
    fc.assert(
      fc.property(bytes, bytes, bytes, (key, text, signature) => {
        expect(verifyEd25519(key, text, signature)).toBe(false)
      }),
    )
    const key32 = fc.uint8Array({ minLength: 32, maxLength: 32 })
    const signature64 = fc.uint8Array({ minLength: 64, maxLength: 64 })
    fc.assert(
      fc.property(key32, signature64, (key, signature) => {
        expect(verifyEd25519(key, key, signature)).toBe(false)
      }),
    )
  })
})
