import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeCanonical } from '../../../src/codec/canonical.ts'
import { MAX_MESSAGE_BYTES } from '../../../src/limits.ts'
import {
  encodeSignedMessage,
  openSignedMessage,
  signMessage,
} from '../../../src/messages/signed.ts'
import { signedBytes } from '../../../src/messages/signed-bytes.ts'
import type { Message } from '../../../src/messages/types.ts'
import { createPeerKey } from '../../../src/peer-key.ts'
import { fromHex, readVectors, toHex } from '../read-vectors.ts'
import {
  AGGREGATOR,
  ROUND_OPEN,
  ROUND_RESULT,
  SILO,
  STRANGER,
  siloName,
  UPDATE_READY,
} from '../sample-messages.ts'

type MessageVectors = {
  readonly signers: Readonly<Record<string, string>>
  readonly messages: readonly {
    readonly signer: string
    /** As a message, bytes written as `{ hex }`. */
    readonly message: unknown
    readonly payload: string
    readonly signature: string
    readonly envelope: string
  }[]
}

const signed = signMessage(UPDATE_READY, SILO)
const envelope = encodeSignedMessage(signed)
const fields = { key: signed.key, payload: signed.payload, signature: signed.signature }

/** The message that a vector writes down: JSON has no bytes. */
function withBytes(written: unknown): Message {
  return JSON.parse(JSON.stringify(written), (_, value) =>
    typeof value?.hex === 'string' ? fromHex(value.hex) : value,
  )
}

function codeOf(bytes: Uint8Array): string {
  const opened = openSignedMessage(bytes)
  return opened.ok ? 'opened' : opened.code
}

describe('signed messages', () => {
  it('are those of the vectors, byte by byte', () => {
    const { signers, messages } = readVectors<MessageVectors>('messages')
    for (const { signer, message: written, payload, signature, envelope } of messages) {
      const message = withBytes(written)
      const key = createPeerKey(fromHex(signers[signer] ?? ''))
      const signed = signMessage(message, key)
      expect(toHex(signed.payload)).toBe(payload)
      expect(toHex(signed.signature)).toBe(signature)
      expect(toHex(encodeSignedMessage(signed))).toBe(envelope)
      expect(openSignedMessage(fromHex(envelope))).toEqual({ ok: true, signed })
    }
  })

  it('T2 name the peer whose key signed, whatever the message says', () => {
    const opened = openSignedMessage(encodeSignedMessage(signMessage(UPDATE_READY, STRANGER)))
    expect(opened.ok && opened.signed.sender).toBe(STRANGER.peerId)
  })

  it('T2 are refused with a swapped key, a swapped signature or a swapped payload', () => {
    const other = signMessage(ROUND_OPEN, AGGREGATOR)
    for (const swapped of [
      { key: other.key },
      { signature: other.signature },
      { payload: other.payload },
    ]) {
      expect(codeOf(encodeCanonical({ ...fields, ...swapped }))).toBe('MESSAGE_BAD_SIGNATURE')
    }
  })

  it('T2 T3 are refused when they were signed for another purpose', () => {
    const purposes = [signed.payload, signedBytes('binding', signed.payload)]
    for (const bytes of purposes) {
      const bad = encodeCanonical({ ...fields, signature: SILO.sign(bytes) })
      expect(codeOf(bad)).toBe('MESSAGE_BAD_SIGNATURE')
    }
  })

  it.each<[string, object]>([
    ['a short key', { ...fields, key: fields.key.subarray(1) }],
    ['a long signature', { ...fields, signature: new Uint8Array(65) }],
    ['a text for bytes', { ...fields, payload: 'text' }],
    ['an unknown key', { ...fields, more: 1 }],
    ['no signature', { key: fields.key, payload: fields.payload }],
    ['a list', [fields.key, fields.payload, fields.signature]],
  ])('are refused as envelopes with %s', (_, value) => {
    expect(codeOf(encodeCanonical(value))).toBe('MESSAGE_BAD_ENVELOPE')
  })

  it('T18 are refused in any other encoding of the same envelope', () => {
    expect(codeOf(Uint8Array.of(...envelope, 0))).toBe('MESSAGE_BAD_ENVELOPE')
    expect(codeOf(new Uint8Array(0))).toBe('MESSAGE_BAD_ENVELOPE')
  })

  it('T15 T18 are refused when the payload is signed but no message', () => {
    const sealed = (payload: Uint8Array): Uint8Array =>
      encodeCanonical({ ...fields, payload, signature: SILO.sign(signedBytes('message', payload)) })
    expect(codeOf(sealed(Uint8Array.of(0xff)))).toBe('MESSAGE_MALFORMED')
    expect(codeOf(sealed(encodeCanonical({ ...UPDATE_READY, version: 1 })))).toBe(
      'MESSAGE_OTHER_VERSION',
    )
    expect(codeOf(sealed(signed.payload))).toBe('opened')
  })

  it('T8 above 64 KiB are refused unread, and not sent', () => {
    expect(codeOf(new Uint8Array(MAX_MESSAGE_BYTES + 1))).toBe('MESSAGE_TOO_LARGE')
    expect(codeOf(new Uint8Array(MAX_MESSAGE_BYTES))).toBe('MESSAGE_BAD_ENVELOPE')
  })

  it('fit into a message with the most silos that a federation may have', () => {
    const contributions = Array.from({ length: 100 }, (_, i) => ({
      silo: siloName(`${'x'.repeat(37)}-${i}`.slice(-40)),
      shapleyPico: Number.MIN_SAFE_INTEGER,
      standardErrorPico: Number.MAX_SAFE_INTEGER,
      withoutPico: Number.MIN_SAFE_INTEGER,
      share: i === 0 ? 1_000_000_000 : 0,
    }))
    const { length } = encodeSignedMessage(
      signMessage({ ...ROUND_RESULT, contributions }, AGGREGATOR),
    )
    expect(length).toBeLessThan(MAX_MESSAGE_BYTES / 2)
  })

  it('never throw, whatever arrives', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(openSignedMessage(bytes).ok).toBe(false)
      }),
      { numRuns: 1_000 },
    )
  })

  it('are refused with any byte changed', () => {
    fc.assert(
      fc.property(fc.nat(envelope.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const damaged = Uint8Array.from(envelope)
        damaged[at] = (damaged[at] ?? 0) ^ change
        expect(openSignedMessage(damaged).ok).toBe(false)
      }),
      { numRuns: 1_000 },
    )
  })
})
