import { describe, expect, it } from 'vitest'
import { encodeCanonical } from '../../../src/codec/canonical.ts'
import { encodeMessage, parseMessage } from '../../../src/messages/codec.ts'
import { MessageError } from '../../../src/messages/errors.ts'
import type { Message } from '../../../src/messages/types.ts'
import { cidOf, RECEIPT, ROUND_OPEN, ROUND_RESULT, UPDATE_READY } from '../sample-messages.ts'

function codeOf(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    if (error instanceof MessageError) return `${error.code} ${error.info.problem ?? ''}`.trim()
    throw error
  }
  return 'nothing thrown'
}

const refusedReceipt = { ...RECEIPT, accepted: false, code: 'NOT_FINITE' } as const
const withMetrics: Message = { ...UPDATE_READY, metrics: { accuracy: '0.75', auc: '0.8' } }
const withControl: Message = { ...ROUND_OPEN, control: { cid: cidOf('control'), size: 1_024 } }
const [first] = ROUND_RESULT.contributions

describe('messages', () => {
  it.each<Message>([
    ROUND_OPEN,
    withControl,
    UPDATE_READY,
    withMetrics,
    RECEIPT,
    refusedReceipt,
    ROUND_RESULT,
  ])('come back as they were sent: $type', (message) => {
    expect(parseMessage(encodeMessage(message))).toEqual(message)
  })

  it.each<[string, object, string]>([
    ['an unknown key', { ...ROUND_OPEN, more: 1 }, 'message'],
    ['a missing key', { ...ROUND_OPEN, deadline: undefined }, 'deadline'],
    ['an unknown type', { ...ROUND_OPEN, type: 'round-close' }, 'type'],
    ['the fields of another type', { ...UPDATE_READY, type: 'receipt' }, 'update'],
    ['a text for a number', { ...ROUND_OPEN, round: '3' }, 'round'],
    ['round 0', { ...ROUND_OPEN, round: 0 }, 'round'],
    ['a round beyond the cap', { ...ROUND_OPEN, round: 10_001 }, 'round'],
    ['a negative time', { ...ROUND_OPEN, sentAt: -1 }, 'sentAt'],
    ['a term beyond 32 bits', { ...ROUND_OPEN, term: 2 ** 32 }, 'term'],
    ['an address with upper case', { ...ROUND_OPEN, scenario: `0x${'A'.repeat(40)}` }, 'scenario'],
    ['a path for a CID', { ...ROUND_OPEN, manifest: '../../etc/passwd' }, 'manifest'],
    [
      'a blob size of 2^53',
      { ...ROUND_OPEN, model: { cid: cidOf('x'), size: 2 ** 53 - 1 } },
      'model.size',
    ],
    [
      'a negative blob size',
      { ...UPDATE_READY, update: { cid: cidOf('x'), size: -1 } },
      'update.size',
    ],
    [
      'a key in a blob reference',
      { ...ROUND_OPEN, model: { ...ROUND_OPEN.model, path: 'x' } },
      'model',
    ],
    ['a control variate that is a bare CID', { ...ROUND_OPEN, control: cidOf('x') }, 'control'],
    ['a silo called like a path', { ...UPDATE_READY, silo: '../a' }, 'silo'],
    ['a silo called like a tag', { ...UPDATE_READY, silo: '<img onerror>' }, 'silo'],
    ['a metric that is no number', { ...UPDATE_READY, metrics: { auc: '0.80' } }, 'metrics.auc'],
    ['a metric that nobody knows', { ...UPDATE_READY, metrics: { fame: '1' } }, 'metrics'],
    ['negative samples', { ...UPDATE_READY, samples: -1 }, 'samples'],
    ['acceptance with a code', { ...RECEIPT, code: 'LATE' }, 'message'],
    ['refusal without a code', { ...RECEIPT, accepted: false }, 'message'],
    ['an unknown refusal code', { ...RECEIPT, accepted: false, code: 'NO' }, 'code'],
    [
      'one silo twice',
      { ...ROUND_RESULT, contributions: [first, { ...first, share: 0 }] },
      'message',
    ],
    [
      'shares that do not sum up',
      { ...ROUND_RESULT, contributions: [{ ...first, share: 999_999_999 }] },
      'message',
    ],
    [
      'a negative share',
      { ...ROUND_RESULT, contributions: [{ ...first, share: -1 }] },
      'contributions.0.share',
    ],
  ])('T8 T17 T22 are refused with %s', (_, value, where) => {
    const clean = Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined))
    const expected = new RegExp(`^MESSAGE_MALFORMED ${where.replaceAll('.', '\\.')}: `)
    expect(codeOf(() => parseMessage(encodeCanonical(clean)))).toMatch(expected)
  })

  it('are refused before they are sent as well', () => {
    expect(codeOf(() => encodeMessage({ ...ROUND_OPEN, round: 0 }))).toMatch(
      /^MESSAGE_MALFORMED round/,
    )
    expect(codeOf(() => encodeMessage({ ...UPDATE_READY, lossMicros: 0.5 }))).toMatch(/lossMicros/)
  })

  it('T15 of another version get their own code, whatever else they hold', () => {
    for (const version of [0, 1, 99]) {
      for (const type of ['round-open', 'round-merge']) {
        const bytes = encodeCanonical({ type, version, new: [1] })
        expect(codeOf(() => parseMessage(bytes))).toBe('MESSAGE_OTHER_VERSION')
      }
    }
  })

  it.each([
    ['no CBOR', Uint8Array.of(0xff)],
    ['a number', Uint8Array.of(1)],
    ['null', Uint8Array.of(0xf6)],
    ['an empty map', Uint8Array.of(0xa0)],
    ['a map with __proto__', encodeProto()],
  ])('T17 T18 are refused when they are %s', (_, bytes) => {
    expect(codeOf(() => parseMessage(bytes))).toMatch(/^MESSAGE_MALFORMED/)
  })

  it('T8 above 64 KiB are refused before they are decoded', () => {
    expect(codeOf(() => parseMessage(new Uint8Array(65_537)))).toBe('MESSAGE_TOO_LARGE')
  })

  it('T23 that are malformed are described without their own text', () => {
    const bytes = encodeCanonical({ ...UPDATE_READY, silo: '\u001b[31mowned' })
    expect(codeOf(() => parseMessage(bytes))).toBe('MESSAGE_MALFORMED silo: expected a silo name')
  })
})

function encodeProto(): Uint8Array {
  const key = new TextEncoder().encode('__proto__')
  return Uint8Array.of(0xa1, 0x60 + key.length, ...key, 0xa0)
}
