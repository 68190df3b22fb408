import fc from 'fast-check'
import { expect, it } from 'vitest'
import { splitTotal } from '../../../src/claims/split-total.ts'

const accountOf = (index: number) => `0x${String(index).padStart(40, '0')}` as const

it('splits in proportion, never more than there is, and leaves out who would get nothing', () => {
  const weights = fc.array(fc.bigInt({ min: 0n, max: 10n ** 27n }), { maxLength: 20 })
  fc.assert(
    fc.property(weights, fc.bigInt({ min: 1n, max: 10n ** 27n }), (all, total) => {
      const lines = splitTotal(
        total,
        all.map((weight, index) => ({ account: accountOf(index), weight })),
      )
      const sum = all.reduce((sum, weight) => sum + weight, 0n)
      const given = lines.reduce((sum, { amount }) => sum + amount, 0n)
      if (sum > 0n) expect(total - given).toBeLessThan(BigInt(all.length))
      expect(given).toBeLessThanOrEqual(total)
      for (const { account, amount } of lines) {
        expect(amount).toBeGreaterThan(0n)
        const weight = all[Number(BigInt(account))] ?? 0n
        expect(amount).toBe((total * weight) / sum)
      }
    }),
  )
  expect(splitTotal(10n, [])).toEqual([])
})
