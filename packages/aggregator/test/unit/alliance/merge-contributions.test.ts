import type { StrategySpec, Weights } from '@fednode/protocol'
import { describe, expect, it } from 'vitest'
import { mergeContributions } from '../../../src/alliance/merge-contributions.ts'

const SPECS = [{ name: 'w', shape: [3] }]
const of = (...values: number[]): Weights => ({ specs: SPECS, values: Float32Array.from(values) })
const base = of(0, 0, 0)

const merge = (strategy: StrategySpec, all: readonly (readonly [number, Weights])[]) =>
  mergeContributions({ strategy, base, contributions: new Map(all), localLearningRate: 0.1 })

describe('the model that contributions come to', () => {
  it('is their mean, each counting alike', async () => {
    const merged = await merge({ name: 'fedavg', weighting: 'samples' }, [
      [0, of(1, 2, 3)],
      [1, of(3, 2, 1)],
      [3, of(2, 2, 5)],
    ])
    expect(merged.values).toEqual(Float32Array.of(2, 2, 3))
  })

  it('is the same for every voter, whatever came first', async () => {
    const all = Array.from({ length: 12 }, (_, seat) => {
      const values = [seat * 0.1, 1 / (seat + 3), 1e7 - seat]
      return [seat, of(...values)] as const
    })
    for (const strategy of [
      { name: 'fedavg', weighting: 'samples' },
      { name: 'trimmed-mean', weighting: 'equal' },
      { name: 'median', weighting: 'equal' },
      { name: 'geometric-median', weighting: 'equal' },
    ] as const) {
      const one = await merge(strategy, all)
      const other = await merge(strategy, all.toReversed())
      expect(Buffer.from(other.values.buffer)).toEqual(Buffer.from(one.values.buffer))
    }
  })

  it('is not spoilt by two of eight with a median', async () => {
    const honest = Array.from({ length: 6 }, (_, seat) => [seat, of(1, 1.01 ** seat, -1)] as const)
    const hostile = [6, 7].map((seat) => [seat, of(-1e30, 1e30, 1e30)] as const)
    const { values } = await merge({ name: 'median', weighting: 'equal' }, [...honest, ...hostile])
    expect(values[0]).toBe(1)
    expect(values[1]).toBeGreaterThanOrEqual(1)
    expect(values[1]).toBeLessThanOrEqual(1.01 ** 5)
    expect(values[2]).toBe(-1)
  })

  it('is the global model when nothing was contributed', async () => {
    expect(await merge({ name: 'median', weighting: 'equal' }, [])).toBe(base)
  })
})
