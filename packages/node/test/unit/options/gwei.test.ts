import { describe, expect, it } from 'vitest'
import { gwei } from '../../../src/framework/value-type.ts'

describe('--max-fee GWEI', () => {
  it.each([
    ['200', 200_000_000_000n],
    ['0.5', 500_000_000n],
    ['0.000000001', 1n],
    ['12.34', 12_340_000_000n],
  ])('T54: reads %s gwei', (text, wei) => {
    expect(gwei.parse(text)).toBe(wei)
  })

  it.each(['0', '0.0', '-1', '1e3', '.5', '5.', '0.0000000001', '', ' 1', '1 gwei', '0x10'])(
    'T54: refuses %j',
    (text) => {
      expect(gwei.parse(text)).toBeUndefined()
    },
  )
})
