import { describe, expect, it } from 'vitest'
import type { Game } from '../../../src/contribution/estimator.ts'
import { evaluationMeter, type MeterLimits } from '../../../src/contribution/evaluation-meter.ts'

const GAME: Game = {
  players: 10,
  utilities: async (coalitions) => coalitions.map(Number),
}

const meterOf = (
  limits: Partial<MeterLimits>,
  game: Game = GAME,
): ReturnType<typeof evaluationMeter> =>
  evaluationMeter(game, { evaluations: 4, minimum: 0, elapsed: () => 0, ...limits })

describe('evaluationMeter', () => {
  it('grants leading units while they fit, and what is known for nothing', async () => {
    const meter = meterOf({})
    expect(await meter.grant({ units: [[1n, 2n], [2n, 3n], [1n, 3n], [4n, 5n], [6n]] })).toEqual([
      [1, 2],
      [2, 3],
      [1, 3],
    ])
    expect([meter.used(), meter.stoppedBy()]).toEqual([3, 'evaluations'])
    expect(await meter.grant({ units: [[3n, 2n, 1n]] })).toEqual([[3, 2, 1]])
    expect(meter.used()).toBe(3)
  })

  it('stops by the clock only where something new would be evaluated, and not below the minimum', async () => {
    let now = 0
    const meter = meterOf({ evaluations: 99, minimum: 2, seconds: 1, elapsed: () => now })
    now = 1_000
    expect(await meter.grant({ units: [[1n]] })).toEqual([[1]])
    expect(await meter.grant({ units: [[2n]] })).toEqual([[2]])
    expect(await meter.grant({ units: [[1n], [3n], [2n]] })).toEqual([[1]])
    expect(meter.stoppedBy()).toBe('seconds')
  })

  it('stops once the largest standard error is small enough', async () => {
    const meter = meterOf({ evaluations: 99, standardError: 0.2 })
    const rough = { standardErrors: () => [0.1, 0.3] }
    expect(await meter.grant({ units: [[1n]], ...rough })).toEqual([[1]])
    const fine = { standardErrors: () => [0.1, 0.2] }
    expect(await meter.grant({ units: [[2n]], ...fine })).toEqual([])
    expect(meter.stoppedBy()).toBe('standard-error')
  })

  it('looks at the signal between batches', async () => {
    const stop = new AbortController()
    let batches = 0
    const game: Game = {
      players: 10,
      utilities: async (coalitions) => {
        if (++batches === 2) stop.abort()
        return coalitions.map(Number)
      },
    }
    const meter = meterOf({ evaluations: 1_024, signal: stop.signal }, game)
    const all = Array.from({ length: 1_024 }, (_, coalition) => BigInt(coalition))
    await expect(meter.grant({ units: [all] })).rejects.toThrow('aborted')
    expect(batches).toBe(2)
  })
})
