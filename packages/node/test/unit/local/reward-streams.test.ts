import type { SiloName } from '@fednode/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rewardStreams } from '../../../src/local/reward-streams.ts'

const [A, B] = ['silo-a', 'silo-b'] as [SiloName, SiloName]
const WINDOW = 10n

describe('rewardStreams', () => {
  it('joins a new stream with what the one before it had left, over a new window', () => {
    const points = rewardStreams([A, B], {
      starts: [
        { round: 1, time: 100n },
        { round: 2, time: 105n },
      ],
      rewards: [
        { round: 1, silo: A, amount: 100n },
        { round: 2, silo: A, amount: 100n },
        { round: 2, silo: B, amount: 30n },
      ],
      window: WINDOW,
    })
    expect(points).toEqual([
      { time: 100n, earned: [0n, 0n] },
      { time: 105n, earned: [50n, 0n] },
      { time: 115n, earned: [200n, 30n] },
    ])
  })

  it('shows the flat piece between a stream that ran out and a late next one', () => {
    const points = rewardStreams([A], {
      starts: [
        { round: 1, time: 0n },
        { round: 3, time: 40n },
      ],
      rewards: [
        { round: 1, silo: A, amount: 7n },
        { round: 3, silo: A, amount: 5n },
      ],
      window: WINDOW,
    })
    expect(points.map(({ time, earned }) => [time, earned[0]])).toEqual([
      [0n, 0n],
      [10n, 7n],
      [40n, 7n],
      [50n, 12n],
    ])
  })

  it('is empty before the first round', () => {
    expect(rewardStreams([A], { starts: [], rewards: [], window: WINDOW })).toEqual([])
  })

  it('never falls, and ends at the sum of all rewards whatever the times', () => {
    const round = fc.record({ gap: fc.bigInt(0n, 25n), amount: fc.bigInt(0n, 10n ** 24n) })
    fc.assert(
      fc.property(fc.array(round, { minLength: 1, maxLength: 12 }), (rounds) => {
        let time = 1_000n
        const starts = rounds.map(({ gap }, index) => {
          time += gap
          return { round: index + 1, time }
        })
        const rewards = rounds.map(({ amount }, index) => ({ round: index + 1, silo: A, amount }))
        const earned = rewardStreams([A], { starts, rewards, window: WINDOW }).map(
          (point) => point.earned[0] ?? 0n,
        )
        expect(earned.every((amount, index) => amount >= (earned[index - 1] ?? 0n))).toBe(true)
        expect(earned.at(-1)).toBe(rewards.reduce((sum, { amount }) => sum + amount, 0n))
      }),
    )
  })
})
