import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { measureAccuracy } from '../../../scripts/accuracy.ts'
import { balancerMargin, PEER_DIRECTIONS } from '../../../scripts/balancer-margin.ts'
import { createHarness, type Harness } from '../../../scripts/harness.ts'
import { type Anvil, startAnvil } from '../../../src/anvil.ts'

// The seeded sample of `pnpm bench pow-accuracy`, which takes 100,000 points per direction.
const OPTIONS = { points: 1_000, seed: 0xfed0den }

describe('the compiled PoolMath against exact amounts', () => {
  let anvil: Anvil
  let harness: Harness

  beforeAll(async () => {
    anvil = await startAnvil()
    harness = await createHarness(anvil.rpcUrl)
  }, 60_000)

  afterAll(() => anvil?.stop())

  it('never pays above nor takes below exact, and stays within the target, in every direction', async () => {
    const measured = await measureAccuracy(harness, OPTIONS)
    expect(measured.map(({ direction }) => direction)).toEqual([
      'exact-in',
      'exact-out',
      'join-single',
      'exit-single',
      'pow-up',
      'pow-down',
    ])
    for (const { points, aboveExact, worstOverTarget } of measured) {
      expect([points, aboveExact]).toEqual([OPTIONS.points, 0])
      expect(worstOverTarget).toBeGreaterThan(0.01)
      expect(worstOverTarget).toBeLessThanOrEqual(1)
    }
  })

  it('would see amounts that are off by a part in 10^15, on either side', async () => {
    const shifted =
      (per: bigint): Harness =>
      async (name, numbers) =>
        (await harness(name, numbers)).map((value) => value + (value * per) / 10n ** 15n)
    const [payout] = await measureAccuracy(shifted(1n), { ...OPTIONS, directions: ['exact-in'] })
    expect(payout?.aboveExact).toBeGreaterThan(0)
    const [payment] = await measureAccuracy(shifted(-1n), { ...OPTIONS, directions: ['exact-out'] })
    expect(payment?.aboveExact).toBeGreaterThan(0)
    const [short] = await measureAccuracy(shifted(-1n), { ...OPTIONS, directions: ['exact-in'] })
    expect(short?.worstOverTarget).toBeGreaterThan(1)
  })

  it('finds a fixed margin of 1e-14 safe but beyond the target', async () => {
    const peer = await measureAccuracy(balancerMargin, { ...OPTIONS, directions: PEER_DIRECTIONS })
    expect(peer.map(({ aboveExact }) => aboveExact)).toEqual([0, 0])
    for (const { worstOverTarget } of peer) expect(worstOverTarget).toBeGreaterThan(10)
  })
})
