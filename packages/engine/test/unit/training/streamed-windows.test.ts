import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRandom, shuffle } from '../../../src/random.ts'
import { rowNumbers } from '../../../src/training/row-numbers.ts'
import { createRowWindows } from '../../../src/training/row-windows.ts'
import type { Dataset } from '../../../src/types.ts'
import { streamed } from '../streamed.ts'

/** Rows that are told apart by each of their features and by their target. */
function numbered(count: number, width: number): Dataset {
  return {
    count,
    featureShape: [width],
    features: Float32Array.from({ length: count * width }, (_, i) => i),
    featureScale: 1,
    targets: {
      kind: 'value',
      values: Float32Array.from(rowNumbers(count)),
      scale: { mean: 0, deviation: 1 },
    },
  }
}

/** -1 where features and target do not belong together. */
function numberOf({ features, featureShape: [width = 1], targets }: Dataset, row: number): number {
  const own = features.subarray(row * width, (row + 1) * width)
  const number = (own[0] as number) / width
  const isWhole = own.every((value, i) => value === number * width + i)
  return isWhole && targets.kind === 'value' && targets.values[row] === number ? number : -1
}

type Passed = { readonly rows: number[]; readonly windows: number[]; readonly bytes: number[] }

/** Row numbers in the order in which they pass, as features and target both say. */
async function pass(
  data: Dataset,
  order: Uint32Array,
  of: { readonly windowBytes: number; readonly batchSize: number },
): Promise<Passed> {
  const windows = createRowWindows(streamed(data, of.windowBytes), { ...of, check: () => {} })
  const passed: Passed = { rows: [], windows: [], bytes: [] }
  for await (const window of windows.of(order)) {
    passed.windows.push(window.rows.length)
    passed.bytes.push(window.data.features.byteLength)
    for (const row of window.rows) passed.rows.push(numberOf(window.data, row))
  }
  windows.close()
  return passed
}

describe('rows in a file', () => {
  it('pass in exactly the order asked for, whatever windows they come in', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 4, max: 4_000 }),
        fc.integer({ min: 1, max: 300 }),
        async (count, width, batchSize, windowBytes, taken) => {
          const order = shuffle(rowNumbers(count), createRandom(count)).subarray(0, taken)
          const passed = await pass(numbered(count, width), order, { windowBytes, batchSize })
          expect(passed.rows).toEqual([...order])
          const whole = passed.windows.slice(0, -1)
          expect(whole.every((rows) => rows % batchSize === 0 && rows === whole[0])).toBe(true)
          const most = Math.max(windowBytes, batchSize * width * 4)
          expect(Math.max(...passed.bytes)).toBeLessThanOrEqual(most)
        },
      ),
      { seed: 1, numRuns: 60 },
    )
  })

  it('pass in their order when one block of the file does not hold them', async () => {
    const data = numbered(70_000, 8)
    const order = shuffle(rowNumbers(data.count), createRandom(3))
    const passed = await pass(data, order, { windowBytes: 200_000, batchSize: 32 })
    expect(Uint32Array.from(passed.rows)).toEqual(order)
    expect(passed.windows.length).toBeGreaterThan(10)
  })

  it('end early without an error when the signal fires', async () => {
    const windows = createRowWindows(streamed(numbered(10, 2), 16), {
      batchSize: 1,
      check: () => {},
    })
    const seen: number[] = []
    for await (const { rows } of windows.of(rowNumbers(10), AbortSignal.abort())) {
      seen.push(rows.length)
      break
    }
    expect(seen).toEqual([2])
    windows.close()
  })
})
