import type { GovernedParameter, ParameterUnit } from '@fednode/contracts'
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { parameterText, parseParameter, typedText } from '../../../src/chain/parameter-value.ts'

const DECIMAL: readonly ParameterUnit[] = ['wei', 'fixed']
const WHOLE: readonly ParameterUnit[] = ['seconds', 'bps', 'percent', 'tokens', 'count']

const parameterOf = (unit: ParameterUnit, max: bigint): GovernedParameter => ({
  name: 'some.thing',
  unit,
  value: 0n,
  min: 0n,
  max,
  change: () => ({ to: '0x75537828f2ce51be7289709686a69cbfdbb714f1', data: '0x' }),
})

test('a value reads as what it was typed as, in every unit', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...DECIMAL, ...WHOLE),
      fc.bigInt({ min: 0n, max: 10n ** 15n - 1n }),
      (unit, value) => {
        expect(parseParameter(typedText(value, unit), parameterOf(unit, 10n ** 15n))).toBe(value)
      },
    ),
  )
})

describe('what no parameter takes', () => {
  it.each([
    ['count', '1.5'],
    ['count', '-1'],
    ['seconds', '1e3'],
    ['bps', '101'],
    ['wei', '1,5'],
    ['wei', '0.0000000000000000001'],
    ['tokens', ''],
  ] as const)('%s: %j', (unit, text) => {
    expect(() => parseParameter(text, parameterOf(unit, 100n))).toThrow(/^some\.thing is 0 to /)
  })
})

test.each([
  ['seconds', 3_600n, '1 hour'],
  ['seconds', 1_209_600n, '14 days'],
  ['seconds', 5_400n, '90 minutes'],
  ['seconds', 1n, '1 second'],
  ['seconds', 0n, '0 seconds'],
  ['bps', 150n, '1.50 %'],
  ['percent', 4n, '4 %'],
  ['tokens', 3_000n, '3,000 FDN'],
  ['wei', 1_500_000_000_000_000_000n, '1.5 FDN'],
  ['fixed', 800_000_000_000_000_000n, '0.8'],
  ['count', 10n, '10'],
] as const)('%s of %s is shown as %s', (unit, value, shown) => {
  expect(parameterText(value, unit)).toBe(shown)
})
