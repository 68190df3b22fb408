import { beforeAll, describe, expect, it } from 'vitest'
import { DIGITS_COUNT, type Digits } from '../../../src/local/digits.ts'
import { evenLayout, FLIPPED_SHARE, unevenLayout } from '../../../src/local/digits-layout.ts'
import { HELD_OUT, splitDigits } from '../../../src/local/digits-split.ts'

// Rows that can be told apart: the first four pixels are the row's own number.
function numberedDigits(): Digits {
  const pixels = new Uint8Array(DIGITS_COUNT * 784)
  const view = new DataView(pixels.buffer)
  const labels = new Uint8Array(DIGITS_COUNT)
  for (let row = 0; row < DIGITS_COUNT; row++) {
    view.setUint32(row * 784, row)
    labels[row] = Math.floor(row / 1000)
  }
  return { count: DIGITS_COUNT, pixels, labels }
}

function rowsOf({ pixels }: { readonly pixels: Uint8Array }): number[] {
  const view = new DataView(pixels.buffer, pixels.byteOffset, pixels.byteLength)
  return Array.from({ length: pixels.length / 784 }, (_, row) => view.getUint32(row * 784))
}

describe('splitDigits', () => {
  const digits = numberedDigits()
  const layout = unevenLayout(5)
  let split: ReturnType<typeof splitDigits>

  beforeAll(() => {
    split = splitDigits(digits, { seed: 7, layout })
  })

  it('gives every row to exactly one of aggregator and silos', () => {
    const rows = [split.validation, ...split.silos].flatMap(rowsOf)
    expect(rows.sort((a, b) => a - b)).toEqual(
      Array.from({ length: DIGITS_COUNT }, (_, row) => row),
    )
    expect(split.validation.labels).toHaveLength(HELD_OUT)
  })

  it('makes one silo a tenth of the size of the others', () => {
    expect(split.silos.map(({ labels }) => labels.length)).toEqual([1951, 1951, 1951, 1951, 196])
  })

  it('makes 40 % of one silo’s labels wrong, and no other label', () => {
    const wrong = split.silos.map((silo) => {
      const rows = rowsOf(silo)
      return rows.filter((row, at) => silo.labels[at] !== Math.floor(row / 1000)).length
    })
    expect(wrong).toEqual([0, 0, 0, Math.round(1951 * FLIPPED_SHARE), 0])
    expect(split.silos.map(({ flippedShare }) => flippedShare)).toEqual([0, 0, 0, FLIPPED_SHARE, 0])
  })

  it('deals silos that are alike the same rows of nearly the same mix, and holds out the same', () => {
    const even = splitDigits(digits, { seed: 7, layout: evenLayout(10) })
    expect(even.silos.map(({ labels }) => labels.length)).toEqual(Array(10).fill(800))
    for (const { labels, flippedShare } of even.silos) {
      const zeros = labels.filter((label) => label === 0).length
      expect(zeros / 800).toBeGreaterThan(0.05)
      expect(zeros / 800).toBeLessThan(0.2)
      expect(flippedShare).toBe(0)
    }
    expect(even.validation).toEqual(split.validation)
  })

  it.each([3, 8, 12, 20])('leaves the small one of %d silos more than a hundred rows', (silos) => {
    const { silos: dealt } = splitDigits(digits, { seed: 7, layout: unevenLayout(silos) })
    expect(Math.min(...dealt.map(({ labels }) => labels.length))).toBeGreaterThanOrEqual(100)
    expect(dealt.reduce((sum, { labels }) => sum + labels.length, 0)).toBe(8_000)
  })

  it('skews the labels of the silos', () => {
    const largest = split.silos.map(({ labels }) => {
      const counts = new Map<number, number>()
      for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1)
      return Math.max(...counts.values()) / labels.length
    })
    expect(Math.max(...largest)).toBeGreaterThan(0.2)
  })

  it('is the same for the same seed and another for another', () => {
    expect(splitDigits(digits, { seed: 7, layout })).toEqual(split)
    expect(rowsOf(splitDigits(digits, { seed: 8, layout }).validation)).not.toEqual(
      rowsOf(split.validation),
    )
  })
})
