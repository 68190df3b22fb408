import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  ASCII,
  BRAILLE,
  plotSteps,
  type Step,
} from '../../../../src/commands/market/history/plot-steps.ts'

const SIZE = { columns: 4, rows: 2 }

test('a price holds until the next one, and a change is drawn as an upright', () => {
  const steps = [
    { at: 0, value: 0 },
    { at: 0.5, value: 1 },
  ]
  expect(plotSteps(steps, SIZE, ASCII)).toEqual(["  :'", '..: '])
})

test('the same in braille has two dots across and four up in each cell', () => {
  const steps = [
    { at: 0, value: 0 },
    { at: 0.5, value: 1 },
  ]
  // U+2847: dots 1, 2, 3 and 7 are the left column; U+2809: dots 1 and 4 are the top row; U+28C0: the bottom row.
  expect(plotSteps(steps, SIZE, BRAILLE)).toEqual(['  \u284f\u2809', '\u28c0\u28c0\u2847 '])
})

test('nothing is drawn left of the first price', () => {
  expect(plotSteps([{ at: 0.75, value: 0 }], SIZE, ASCII)).toEqual(['    ', '   .'])
  expect(plotSteps([], SIZE, ASCII)).toEqual(['    ', '    '])
})

test('several prices in one column are all passed', () => {
  const steps = [0, 1, 0.5].map((value) => ({ at: 0.1, value }))
  expect(plotSteps(steps, { columns: 1, rows: 2 }, ASCII)).toEqual([':', ':'])
})

const steps: fc.Arbitrary<readonly Step[]> = fc
  .array(
    fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      value: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
    { minLength: 1 },
  )
  .map((list) => list.toSorted((a, b) => a.at - b.at))

test('every drawing is of the size that was asked for and reaches the right edge in one piece', () => {
  const size = fc.record({
    columns: fc.integer({ min: 1, max: 40 }),
    rows: fc.integer({ min: 1, max: 8 }),
  })
  fc.assert(
    fc.property(steps, size, fc.constantFrom(ASCII, BRAILLE), (list, { columns, rows }, ink) => {
      const lines = plotSteps(list, { columns, rows }, ink)
      expect(lines).toHaveLength(rows)
      for (const line of lines) expect(line).toHaveLength(columns)
      const inked = Array.from({ length: columns }, (_, x) => lines.some((line) => line[x] !== ' '))
      expect(inked.at(-1)).toBe(true)
      expect(inked.slice(inked.indexOf(true))).not.toContain(false)
    }),
  )
})
