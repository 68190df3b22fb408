import { describe, expect, it } from 'vitest'
import { dirichlet } from '../../../src/data/dirichlet.ts'
import { createRandom } from '../../../src/random.ts'

describe('dirichlet', () => {
  it.each([0.1, 0.5, 1, 3, 50])('has the mean and variance of Dirichlet(%s)', (alpha) => {
    const random = createRandom(1)
    const size = 4
    const draws = Array.from({ length: 20_000 }, () => dirichlet(size, alpha, random))
    const first = draws.map((draw) => draw[0] as number)
    const mean = first.reduce((sum, x) => sum + x, 0) / first.length
    const variance = first.reduce((sum, x) => sum + (x - mean) ** 2, 0) / first.length
    const expected = ((1 / size) * (1 - 1 / size)) / (size * alpha + 1)
    expect(Math.abs(mean - 1 / size)).toBeLessThan(5 * Math.sqrt(expected / first.length))
    expect(variance / expected).toBeCloseTo(1, 1)
    for (const draw of draws.slice(0, 100))
      expect(draw.reduce((sum, x) => sum + x, 0)).toBeCloseTo(1, 12)
  })

  it('is one corner where every gamma draw underflows', () => {
    const random = createRandom(2)
    for (let i = 0; i < 20; i++) expect([...dirichlet(3, 1e-6, random)].sort()).toEqual([0, 0, 1])
  })
})
