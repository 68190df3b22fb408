import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { flipLabels, partitionBySkew } from '../../../src/data/partition.ts'
import { createRandom } from '../../../src/random.ts'

function labelsOf(count: number, classes: number, seed: number): Int32Array {
  const random = createRandom(seed)
  return Int32Array.from({ length: count }, () => random.below(classes))
}

/** Mean over parts of the share of a part's most frequent class. */
function concentration(parts: readonly Int32Array[], labels: Int32Array, classes: number): number {
  const shares = parts.map((part) => {
    const counts = new Array<number>(classes).fill(0)
    for (const row of part) {
      const label = labels[row] as number
      counts[label] = (counts[label] ?? 0) + 1
    }
    return Math.max(...counts) / part.length
  })
  return shares.reduce((sum, share) => sum + share, 0) / shares.length
}

describe('partitionBySkew', () => {
  it('makes disjoint parts of exactly the sizes asked for', () => {
    const input = fc.record({
      count: fc.integer({ min: 0, max: 300 }),
      classes: fc.integer({ min: 1, max: 10 }),
      cuts: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 6 }),
      alpha: fc.constantFrom(1e-4, 0.1, 0.5, 1, 100),
      seed: fc.integer({ min: 0, max: 1e9 }),
    })
    fc.assert(
      fc.property(input, ({ count, classes, cuts, alpha, seed }) => {
        const edges = [0, ...cuts.map((cut) => Math.floor(cut * count)).sort((a, b) => a - b)]
        const sizes = edges.slice(1).map((edge, i) => edge - (edges[i] as number))
        const labels = labelsOf(count, classes, seed)
        const parts = partitionBySkew({ labels, classes, sizes, alpha, seed })
        expect(parts.map((part) => part.length)).toEqual(sizes)
        const rows = parts.flatMap((part) => [...part])
        expect(new Set(rows).size).toBe(rows.length)
        expect(rows.every((row) => row >= 0 && row < count)).toBe(true)
        for (const part of parts) expect(part).toEqual(part.toSorted())
      }),
      { numRuns: 100, seed: 1 },
    )
  })

  it('skews more the smaller alpha is', () => {
    const labels = labelsOf(8_000, 10, 1)
    const sizes = [1_500, 1_500, 1_500, 1_500, 150]
    const at = (alpha: number) => {
      const parts = [1, 2, 3, 4, 5].map((seed) =>
        concentration(partitionBySkew({ labels, classes: 10, sizes, alpha, seed }), labels, 10),
      )
      return parts.reduce((sum, x) => sum + x, 0) / parts.length
    }
    const [even, skewed, extreme] = [at(1_000), at(0.5), at(0.05)]
    expect(even).toBeLessThan(0.15)
    expect(skewed).toBeGreaterThan(even + 0.1)
    expect(extreme).toBeGreaterThan(skewed + 0.1)
  })

  it('depends on the seed alone', () => {
    const labels = labelsOf(500, 4, 2)
    const split = (seed: number) =>
      partitionBySkew({ labels, classes: 4, sizes: [200, 100], alpha: 0.5, seed })
    expect(split(7)).toEqual(split(7))
    expect(split(7)).not.toEqual(split(8))
  })

  it.each([
    ['more rows than there are', { sizes: [6, 5] }],
    ['a part of half a row', { sizes: [0.5] }],
    ['a negative part', { sizes: [-1] }],
    ['alpha zero', { alpha: 0 }],
    ['alpha NaN', { alpha: Number.NaN }],
    ['a label beyond the classes', { classes: 1 }],
    ['no classes', { classes: 0 }],
  ])('refuses %s', (_, change) => {
    const labels = [0, 1, 0, 1, 0, 1, 0, 1, 0, 1]
    const options = { labels, classes: 2, sizes: [5, 5], alpha: 0.5, seed: 1, ...change }
    expect(() => partitionBySkew(options)).toThrow('Cannot split')
  })
})

describe('flipLabels', () => {
  it('changes exactly the share asked for, always to another valid class', () => {
    const cases = fc.tuple(
      fc.integer({ min: 0, max: 400 }),
      fc.integer({ min: 2, max: 10 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.integer({ min: 0, max: 1e9 }),
    )
    fc.assert(
      fc.property(cases, ([count, classes, share, seed]) => {
        const labels = labelsOf(count, classes, seed)
        const copy = labels.slice()
        const flipped = flipLabels({ labels, share, classes, seed })
        expect(labels).toEqual(copy)
        const changed = flipped.filter((label, i) => label !== labels[i]).length
        expect(changed).toBe(Math.round(share * count))
        expect(flipped.every((label) => label >= 0 && label < classes)).toBe(true)
      }),
      { numRuns: 100, seed: 1 },
    )
  })

  it('spreads wrong labels over all other classes', () => {
    const flipped = flipLabels({ labels: new Int32Array(9_000), share: 1, classes: 10, seed: 1 })
    for (let label = 1; label < 10; label++) {
      const count = flipped.filter((value) => value === label).length
      expect(Math.abs(count - 1_000)).toBeLessThan(150)
    }
  })

  it('refuses a share outside 0 to 1, and a single class', () => {
    expect(() => flipLabels({ labels: [0], share: 1.1, classes: 2, seed: 1 })).toThrow('share')
    expect(() => flipLabels({ labels: [0], share: 0.5, classes: 1, seed: 1 })).toThrow('one class')
  })
})
