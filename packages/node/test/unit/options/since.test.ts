import { expect, test } from 'vitest'
import { since } from '../../../src/options/since.ts'

test.each([
  ['45s', { kind: 'ago', seconds: 45 }],
  ['30m', { kind: 'ago', seconds: 1_800 }],
  ['24h', { kind: 'ago', seconds: 86_400 }],
  ['7d', { kind: 'ago', seconds: 604_800 }],
  ['2026-11-21', { kind: 'at', time: 1_795_219_200 }],
  ['2026-11-21T10:30', { kind: 'at', time: 1_795_257_000 }],
  ['2026-11-21T10:30:05Z', { kind: 'at', time: 1_795_257_005 }],
])('%s is %j, in UTC', (text, expected) => {
  expect(since.parse(text)).toEqual(expected)
})

test.each([
  '',
  '7',
  '7w',
  '-7d',
  '1.5h',
  'yesterday',
  '2026-13-01',
  '2026-02-30',
  '21.11.2026',
  '2026-11-21T10',
])('%j is refused', (text) => {
  expect(since.parse(text)).toBe(undefined)
})
