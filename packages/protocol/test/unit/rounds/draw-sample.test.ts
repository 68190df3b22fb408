import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { drawSample } from '../../../src/rounds/draw-sample.ts'

const seedOf = (number: number): Uint8Array =>
  createHash('sha256').update(`seed ${number}`).digest()

describe('the draw of a round', () => {
  it('is the same for the same seed, and another one for another', () => {
    const options = { clients: 20, minSilos: 2, share: 0.3 }
    expect(drawSample(seedOf(1), options)).toEqual(drawSample(seedOf(1), options))
    const draws = Array.from({ length: 20 }, (_, i) => drawSample(seedOf(i), options).drawn.join())
    expect(new Set(draws).size).toBe(20)
  })

  it('is so many indexes of clients, ascending, each once, and never fewer than a round needs', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        fc.integer({ min: 1, max: 100 }),
        fc.integer({ min: 1, max: 100 }),
        fc.double({ min: 0.001, max: 1, noNaN: true }),
        (seed, clients, minSilos, share) => {
          const { drawn, ...rest } = drawSample(seed, { clients, minSilos, share })
          expect(rest).toEqual({ clients })
          expect(drawn.length).toBeGreaterThanOrEqual(Math.min(clients, minSilos))
          expect(drawn.length).toBeLessThanOrEqual(clients)
          expect([...new Set(drawn)].sort((a, b) => a - b)).toEqual(drawn)
          expect(drawn.every((index) => index >= 0 && index < clients)).toBe(true)
        },
      ),
    )
  })

  it('leaves out who is ignored, and counts the share of those who are left', () => {
    const options = { clients: 10, ignored: [0, 3, 4, 9], minSilos: 1, share: 0.5 }
    const draws = Array.from({ length: 50 }, (_, i) => drawSample(seedOf(i), options))
    for (const { drawn, ignored } of draws) {
      expect(ignored).toEqual([0, 3, 4, 9])
      expect(drawn).toHaveLength(3)
    }
    expect([...new Set(draws.flatMap(({ drawn }) => drawn))].sort()).toEqual([1, 2, 5, 6, 7, 8])
  })

  it('favours nobody', () => {
    const times = new Array<number>(10).fill(0)
    for (let i = 0; i < 2_000; i++) {
      const { drawn } = drawSample(seedOf(i), { clients: 10, minSilos: 1, share: 0.3 })
      for (const index of drawn) times[index] = (times[index] ?? 0) + 1
    }
    // Binomial with mean 600 and deviation 20.5: five deviations.
    for (const count of times) expect(Math.abs(count - 600)).toBeLessThan(103)
  })
})
