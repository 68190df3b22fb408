import { cidOfBytes, type RoundOpen, type Statement, signMessage } from '@fednode/protocol'
import { expect, test } from 'vitest'
import { signedOpening } from '../../../src/silo/signed-opening.ts'
import { aggregatorKey, MANIFEST_CID, opening, scopeOf } from './harness.ts'

function opened(round: number, { term = 1, sentAt = 1 } = {}): RoundOpen {
  return {
    ...scopeOf(round, term),
    ...opening,
    type: 'round-open',
    sentAt,
    manifest: MANIFEST_CID,
    model: { cid: cidOfBytes(Uint8Array.of(round)), size: 1 },
    deadline: 1,
  }
}

const signed = (message: RoundOpen): Statement => signMessage(message, aggregatorKey)

test('an opening that was said again is kept as it was said first', () => {
  const first = signed(opened(2))
  const statements = [signed(opened(1)), first]
  expect(signedOpening(statements, opened(2, { sentAt: 9 }))).toBe(first)
})

test('of two terms the opening is the one that is played', () => {
  const statements = [signed(opened(2)), signed(opened(2, { term: 3 }))]
  expect(signedOpening(statements, opened(2, { term: 3 }))).toBe(statements[1])
  expect(signedOpening(statements, opened(2, { term: 4 }))).toBeUndefined()
})
