import type { SiloName } from '@fednode/protocol'
import { expect, it } from 'vitest'
import { madeNothing } from '../../../src/local/made-nothing.ts'

const EMPTY = { contributions: [] }
const MADE = {
  contributions: [{ silo: 'north' as SiloName, shapley: 0, standardError: 0, share: 1 }],
}

it('is so for a run whose rounds are all empty, not for one that has a model', () => {
  expect(madeNothing([EMPTY, EMPTY])).toBe(true)
  expect(madeNothing([EMPTY, MADE])).toBe(false)
})
