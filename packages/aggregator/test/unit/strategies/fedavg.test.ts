import type { SiloName } from '@fednode/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fedavg } from '../../../src/strategies/fedavg.ts'
import { weightOf } from '../../../src/strategies/weight-of.ts'

const update = (name: string, weight: number, values: ArrayLike<number>) => ({
  silo: name as SiloName,
  weight,
  weights: {
    specs: [{ name: 'w', shape: [values.length] }],
    values: Float32Array.from(values),
  },
})

describe('fedavg', () => {
  it('weighs by what an update counts', () => {
    const average = fedavg([
      update('a', weightOf('samples', 1), [1, 10]),
      update('b', weightOf('samples', 3), [5, 30]),
    ])
    expect([...average.values]).toEqual([4, 25])
    const plain = fedavg([
      update('a', weightOf('equal', 1), [1, 10]),
      update('b', weightOf('equal', 3), [5, 30]),
    ])
    expect([...plain.values]).toEqual([3, 20])
  })

  it('gives the same bits in any order of the updates', () => {
    const value = fc.float({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 })
    const names = fc.uniqueArray(fc.stringMatching(/^[a-z0-9-]{1,8}$/), {
      minLength: 1,
      maxLength: 6,
    })
    fc.assert(
      fc.property(names, fc.array(value, { minLength: 1, maxLength: 20 }), (silos, base) => {
        const updates = silos.map((silo, i) =>
          update(
            silo,
            i * 7 + 1,
            base.map((x, k) => x * (i + 1) + k / 3),
          ),
        )
        expect(fedavg(updates.toReversed())).toEqual(fedavg(updates))
      }),
      { seed: 1, numRuns: 100 },
    )
  })
})
