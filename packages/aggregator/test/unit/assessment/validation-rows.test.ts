import type { Dataset } from '@fednode/engine'
import { describe, expect, it } from 'vitest'
import { deriveSeed } from '../../../src/assessment/derive-seed.ts'
import { validationRows } from '../../../src/assessment/validation-rows.ts'

const DATA: Dataset = {
  count: 10,
  featureShape: [2],
  features: Float32Array.from({ length: 20 }, (_, i) => i),
  featureScale: 1,
  targets: {
    kind: 'classes',
    labels: Int32Array.from({ length: 10 }, (_, row) => row),
    classes: 10,
  },
}
const labelsOf = ({ targets }: Dataset): Int32Array => {
  if (targets.kind !== 'classes') throw new TypeError(targets.kind)
  return targets.labels
}
const seed = (byte: number) => new Uint8Array(32).fill(byte)

describe('validationRows', () => {
  it('is all rows for a share of 1', () => {
    expect(validationRows(DATA, 1, seed(1))).toBe(DATA)
  })

  it.each([
    [0.5, 5],
    [0.41, 5],
    [0.01, 1],
  ])('draws a share of %d as %d whole rows in their order, without repetition', (share, count) => {
    const rows = validationRows(DATA, share, seed(1))
    expect(rows.count).toBe(count)
    const labels = labelsOf(rows)
    expect([...labels]).toEqual([...new Set(labels)].sort((a, b) => a - b))
    labels.forEach((label, i) => {
      expect([...rows.features.subarray(2 * i, 2 * i + 2)]).toEqual([2 * label, 2 * label + 1])
    })
  })

  it('follows the seed', () => {
    const drawn = (byte: number) => [...labelsOf(validationRows(DATA, 0.5, seed(byte)))]
    expect(drawn(1)).toEqual(drawn(1))
    expect(new Set([1, 2, 3, 4].map((byte) => drawn(byte).join())).size).toBeGreaterThan(1)
  })
})

describe('deriveSeed', () => {
  it('gives every kind of draw its own 32 bytes', () => {
    const draws = ['validation', 'coalitions'] as const
    const [a, b] = draws.map((draw) => deriveSeed(seed(1), draw))
    expect(a).toHaveLength(32)
    expect(Buffer.compare(a ?? seed(0), b ?? seed(0))).not.toBe(0)
  })
})
