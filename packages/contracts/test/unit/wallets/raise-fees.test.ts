import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Fees } from '../../../src/wallets/fees.ts'
import { raiseFees } from '../../../src/wallets/raise-fees.ts'

const wei = fc.bigInt(0n, 10n ** 12n)
const fees: fc.Arbitrary<Fees> = fc
  .tuple(wei, wei)
  .map(([base, tip]) => ({ maxFeePerGas: base + tip, maxPriorityFeePerGas: tip }))

describe('raiseFees', () => {
  it('T54: raises both fees by an eighth at least, to what is asked now at least, and never above the bound', () => {
    fc.assert(
      fc.property(fees, fees, wei, (present, quoted, maxFee) => {
        const raised = raiseFees(present, { quoted, maxFee })
        if (raised === undefined) return
        for (const fee of ['maxFeePerGas', 'maxPriorityFeePerGas'] as const) {
          expect(raised[fee]).toBeGreaterThan(present[fee])
          expect(raised[fee] * 8n).toBeGreaterThanOrEqual(present[fee] * 9n)
          expect(raised[fee]).toBeGreaterThanOrEqual(quoted[fee])
        }
        expect(raised.maxFeePerGas).toBeLessThanOrEqual(maxFee)
        expect(raised.maxPriorityFeePerGas).toBeLessThanOrEqual(raised.maxFeePerGas)
      }),
    )
  })

  it('T54: stops at four times what the chain asks, however high the bound is', () => {
    const quoted = { maxFeePerGas: 1_000n, maxPriorityFeePerGas: 100n }
    const offered: bigint[] = []
    let present: Fees | undefined = quoted
    while (present !== undefined) {
      offered.push(present.maxFeePerGas)
      present = raiseFees(present, { quoted, maxFee: 10n ** 18n })
    }
    expect(offered.at(-1)).toBeGreaterThan(3_500n)
    expect(offered.at(-1)).toBeLessThanOrEqual(4_000n)
  })
})
