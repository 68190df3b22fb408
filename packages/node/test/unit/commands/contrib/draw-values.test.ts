import { expect, test } from 'vitest'
import { drawValues } from '../../../../src/commands/contrib/show/draw-values.ts'
import type { RoundValue, SiloValues } from '../../../../src/contribution/silo-values.ts'

function silo(name: string, values: readonly (readonly [number | null, number])[]): SiloValues {
  const rounds = values.map(
    ([value, standardError], index): RoundValue => ({
      round: index + 1,
      value,
      standardError,
      share: 0.5,
      paid: true,
    }),
  )
  return { silo: name, rounds }
}

const SILOS = [
  silo('hospital-a', [
    [0.2, 0],
    [0.1, 0.05],
    [null, 0],
  ]),
  silo('clinic-b', [
    [-0.1, 0],
    [0.02, 0.06],
    [0, 0],
  ]),
]

test('bars, errors and a silo that was not there, in ASCII, all on one scale', () => {
  expect(drawValues(SILOS, { columns: 50, unicode: false }).split('\n')).toEqual([
    'hospital-a  +0.3000 ± 0.0500 in all, 50.0 % of the pots',
    '1           |#################### +0.2000',
    '2           |####[---------]      +0.1000 ± 0.0500',
    '3           |                     -',
    '',
    'clinic-b  -0.0800 ± 0.0600 in all, 50.0 % of the pots',
    '1 oooooooooo|                     -0.1000',
    '2       [---+-------]             +0.0200 ± 0.0600',
    '3           |                     0.0000',
    '',
    '# the model got better, o worse; [-] one standard error; a row per round',
  ])
})

test.each([40, 80, 160])('no bar is wider than the %i columns of the terminal', (columns) => {
  for (const unicode of [true, false]) {
    const bars = drawValues(SILOS, { columns, unicode })
      .split('\n')
      .filter((line) => /^\d/.test(line))
    expect(bars).toHaveLength(6)
    for (const bar of bars) expect(bar.length).toBeLessThanOrEqual(columns)
  }
})

test('values of nothing but zero draw an axis and no bar', () => {
  const drawn = drawValues([silo('a', [[0, 0]])], { columns: 40, unicode: true })
  expect(drawn).toMatch(/^1 │ {5,}0\.0000$/m)
  expect(drawn).toContain('exact')
})

test('of many rounds the last forty are drawn, and the others are counted', () => {
  const values = Array.from({ length: 50 }, () => [0.1, 0] as const)
  const lines = drawValues([silo('a', values)], { columns: 60, unicode: false }).split('\n')
  expect(lines.filter((line) => /^\d+ \|/.test(line))).toHaveLength(40)
  expect(lines[1]).toBe('10 earlier rounds: --json has all')
  expect(lines[2]).toMatch(/^11 /)
})
