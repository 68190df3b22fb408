import { weightedMean } from '@fednode/engine'
import type { SiloName } from '@fednode/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fedavg } from '../../../src/strategies/fedavg.ts'

const silo = (name: string): SiloName => name as SiloName

describe('fedavg', () => {
  it('weighs by samples', () => {
    const average = fedavg([
      { silo: silo('a'), values: Float32Array.of(1, 10), weight: 1 },
      { silo: silo('b'), values: Float32Array.of(5, 30), weight: 3 },
    ])
    expect([...average]).toEqual([4, 25])
  })

  it('gives the same bits in any order of the updates, across slices', () => {
    const value = fc.float({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 })
    const silos = fc.uniqueArray(fc.stringMatching(/^[a-z0-9-]{1,8}$/), {
      minLength: 1,
      maxLength: 6,
    })
    fc.assert(
      fc.property(
        silos,
        fc.array(value, { minLength: 1, maxLength: 20 }),
        fc.nat(40_000),
        (names, base, length) => {
          const updates = names.map((name, i) => ({
            silo: silo(name),
            weight: i * 7 + 1,
            values: Float32Array.from(
              { length },
              (_, k) => (base[k % base.length] ?? 0) * (i + 1) + k / 3,
            ),
          }))
          expect(fedavg(updates.toReversed())).toEqual(fedavg(updates))
        },
      ),
      { seed: 1, numRuns: 30 },
    )
  })

  it('equals the sum of weighted values over the sum of weights in f64, rounded once', () => {
    const values = [0.1, 0.7, -0.3].map((x) =>
      Float32Array.from({ length: 20_000 }, (_, i) => Math.fround(x * Math.sin(i))),
    )
    const weights = [1707, 171, 2000]
    const average = fedavg(
      values.map((v, i) => ({ silo: silo(`s${i}`), values: v, weight: weights[i] ?? 0 })),
    )
    for (const i of [0, 1, 16_383, 16_384, 19_999]) {
      let sum = 0
      values.forEach((v, k) => {
        sum += (weights[k] ?? 0) * (v[i] ?? 0)
      })
      expect(average[i]).toBe(Math.fround(sum / 3878))
    }
  })

  it('gives the very model that the coalition of all is evaluated as', () => {
    const specs = [{ name: 'w', shape: [17_000] }]
    const updates = ['b', 'a', 'c'].map((name, k) => ({
      silo: silo(name),
      weight: 100 * k + 37,
      values: Float32Array.from({ length: 17_000 }, (_, i) => Math.sin(i * (k + 1)) / 3),
    }))
    const inOrder = updates.toSorted((x, y) => (x.silo < y.silo ? -1 : 1))
    const all = weightedMean(
      inOrder.map(({ values, weight }) => ({ weights: { specs, values }, weight })),
    )
    expect(fedavg(updates)).toEqual(all.values)
  })

  it('refuses an empty round, differing lengths and weights that are not positive', () => {
    const one = { silo: silo('a'), values: Float32Array.of(1), weight: 1 }
    expect(() => fedavg([])).toThrow(expect.objectContaining({ code: 'EMPTY_ROUND' }))
    expect(() => fedavg([one, { ...one, silo: silo('b'), values: new Float32Array(2) }])).toThrow(
      expect.objectContaining({ code: 'SHAPE_MISMATCH' }),
    )
    for (const weight of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => fedavg([{ ...one, weight }])).toThrow(
        expect.objectContaining({ code: 'BAD_WEIGHT' }),
      )
    }
  })
})
