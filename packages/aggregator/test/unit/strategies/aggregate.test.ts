import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aggregate } from '../../../src/strategies/aggregate.ts'
import { coalitionModels } from '../../../src/strategies/coalition-models.ts'
import type { AggregationInput } from '../../../src/strategies/types.ts'
import { roundOf, update, vector } from '../../support/vectors.ts'

const MEAN = { name: 'fedavg', weighting: 'samples' } as const
const nowhere = () => ({ write: () => {} })

describe('aggregate', () => {
  it('weighs by what an update counts', async () => {
    const input = roundOf([
      update('a', [1, 10], { samples: 1 }),
      update('b', [5, 30], { samples: 3 }),
    ])
    const bySamples = await aggregate(MEAN, input, nowhere)
    expect([...bySamples.values]).toEqual([4, 25])
    expect(bySamples.counted).toEqual([0.25, 0.75])
    const plain = await aggregate({ name: 'fedavg', weighting: 'equal' }, input, nowhere)
    expect([...plain.values]).toEqual([3, 20])
    expect(plain.counted).toEqual([0.5, 0.5])
  })

  it('gives the same bits in any order of the updates', async () => {
    const value = fc.float({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 })
    const names = fc.uniqueArray(fc.stringMatching(/^[a-z0-9-]{1,8}$/), {
      minLength: 1,
      maxLength: 6,
    })
    await fc.assert(
      fc.asyncProperty(
        names,
        fc.array(value, { minLength: 1, maxLength: 20 }),
        async (silos, start) => {
          const updates = silos.map((silo, i) => {
            const values = start.map((x, k) => x * (i + 1) + k / 3)
            return update(silo, values, { samples: i * 7 + 1 })
          })
          const forth = await aggregate(MEAN, roundOf(updates), nowhere)
          const back = await aggregate(MEAN, roundOf(updates.toReversed()), nowhere)
          expect(back).toEqual(forth)
        },
      ),
    )
  })

  it.each<[string, Partial<AggregationInput>, object]>([
    ['no updates', { updates: [] }, { code: 'NO_UPDATES' }],
    [
      'a silo twice',
      { updates: [update('a', [1]), update('a', [2])] },
      { code: 'SILO_TWICE', silo: 'a' },
    ],
    [
      'an update of another length',
      { updates: [update('a', [1, 2])] },
      { code: 'LENGTHS_DIFFER', what: 'the update of a', expected: 1, actual: 2 },
    ],
    [
      'a state vector of another length',
      { state: new Map([['momentum', vector([1, 2])]]) },
      { code: 'LENGTHS_DIFFER', what: 'the state vector momentum', expected: 1, actual: 2 },
    ],
    [
      'an update of no samples',
      { updates: [update('a', [1], { samples: 0 })] },
      { code: 'BAD_UPDATE_COUNT', what: 'the samples of a', value: 0 },
    ],
    [
      'half a step',
      { updates: [update('a', [1], { steps: 0.5 })] },
      { code: 'BAD_UPDATE_COUNT', what: 'the local steps of a', value: 0.5 },
    ],
    [
      'a learning rate of zero',
      { localLearningRate: 0 },
      { code: 'BAD_UPDATE_COUNT', what: 'the local learning rate', value: 0 },
    ],
    [
      'a value that is not finite',
      { updates: [update('a', [1]), update('b', [Number.NaN])] },
      { code: 'UPDATE_NOT_FINITE', silo: 'b' },
    ],
  ])('refuses %s', async (_, part, info) => {
    const input = roundOf([update('a', [1])], part)
    await expect(aggregate(MEAN, { ...input, base: vector([0]) }, nowhere)).rejects.toMatchObject({
      info,
    })
  })
})

describe('coalitionModels', () => {
  it('gives the coefficients of the mean of the members', async () => {
    const input = roundOf([
      update('b', [2], { samples: 3 }),
      update('a', [1], { samples: 1 }),
      update('c', [3], { samples: 4 }),
    ])
    const { modelOf } = await coalitionModels(MEAN, input)
    const coefficients = (coalition: bigint) => {
      const model = modelOf(coalition)
      return model.kind === 'combination' ? [...model.coefficients] : []
    }
    expect(coefficients(0n)).toEqual([0, 0, 0])
    expect(coefficients(0b101n)).toEqual([0.2, 0, 0.8])
    expect(coefficients(0b111n)).toEqual([0.125, 0.375, 0.5])
  })
})
