import { cidOfBytes, type SiloName } from '@fednode/protocol'
import { expect, test } from 'vitest'
import type { PlayedRound } from '../../../src/silo/receipt-table.ts'
import { whyLeftOut } from '../../../src/silo/why-left-out.ts'

const SELF = 'self' as SiloName
const entry = (silo: string) => ({
  ...{ silo: silo as SiloName, shapleyPico: 1, standardErrorPico: 0, share: 0 },
})
const others = { contributions: [entry('a'), entry('b')] }
const update = cidOfBytes(Uint8Array.of(1))

test.each<[string, PlayedRound | undefined, string | undefined]>([
  [
    'T5: dropped, when the aggregator had signed for it',
    { update, receipt: { accepted: true } },
    'dropped',
  ],
  ['T5: unanswered, when no receipt came', { update }, 'unanswered'],
  ['late, when it was told so', { update, receipt: { accepted: false, code: 'LATE' } }, 'late'],
  ['late, when it was still training', {}, 'late'],
  [
    'nothing, when it was refused',
    { update, receipt: { accepted: false, code: 'NOT_FINITE' } },
    undefined,
  ],
  ['nothing, when it did not take part', undefined, undefined],
])('a silo that others were counted without says %s', (_, played, why) => {
  expect(whyLeftOut(others, SELF, played)).toBe(why)
})

test('a silo says nothing of a round that counted it, or nobody', () => {
  const played = { update, receipt: { accepted: true } }
  expect(whyLeftOut({ contributions: [entry('a'), entry('self')] }, SELF, played)).toBeUndefined()
  expect(whyLeftOut({ contributions: [] }, SELF, played)).toBeUndefined()
})
