import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterAll, describe, expect, it } from 'vitest'
import { createVectorPool } from '../../../src/assessment/vector-pool.ts'
import { SLICE_VALUES } from '../../../src/slices/slice-values.ts'
import { aggregate } from '../../../src/strategies/aggregate.ts'
import type { AggregationInput } from '../../../src/strategies/types.ts'
import { EVERY_STRATEGY, titleOf } from '../../support/every-strategy.ts'
import { seededValues } from '../../support/seeded-values.ts'
import { keepInMemory, roundOf, update, valuesOf, vector } from '../../support/vectors.ts'

/** Two whole slices and a part of an odd length. */
const LENGTH = 2 * SLICE_VALUES + 1_001
const folder = mkdtempSync(path.join(tmpdir(), 'fednode-streaming-'))
const pool = createVectorPool(folder, { memoryBytes: 0 })
afterAll(() => {
  pool.close()
  rmSync(folder, { recursive: true })
})

const vectors = Array.from({ length: 6 }, (_, i) => seededValues(i, LENGTH, 1 + i / 8))
const inMemory = vectors
  .slice(1)
  .map((values, i) => update(`silo-${i}`, values, { samples: 5 + i, steps: 1 + i }))
const inFiles = inMemory.map((one) => {
  const file = pool.create(LENGTH)
  file.write(0, valuesOf(one))
  return { ...one, read: file.read }
})

/** Two rounds from the same updates, the second with the state of the first. */
async function play(spec: (typeof EVERY_STRATEGY)[number], updates: AggregationInput['updates']) {
  const first = keepInMemory(LENGTH)
  const second = keepInMemory(LENGTH)
  const input = roundOf(updates, { base: vector(vectors[0] ?? []) })
  await aggregate(spec, input, first.keep)
  const { values } = await aggregate(spec, { ...input, state: first.state }, second.keep)
  return { values, state: [...second.state].map(([name, s]) => [name, valuesOf(s)] as const) }
}

describe('aggregate over several slices', () => {
  it.each(EVERY_STRATEGY.map((spec) => [titleOf(spec), spec] as const))(
    '%s gives the same bits from files as from memory',
    async (_, spec) => {
      const [streamed, held] = [await play(spec, inFiles), await play(spec, inMemory)]
      expect(Buffer.from(streamed.values.buffer).equals(Buffer.from(held.values.buffer))).toBe(true)
      expect(streamed.state.map(([name]) => name)).toEqual(held.state.map(([name]) => name))
      streamed.state.forEach(([, values], i) => {
        const other = held.state[i]?.[1] ?? new Float32Array()
        expect(Buffer.from(values.buffer).equals(Buffer.from(other.buffer))).toBe(true)
      })
      expect(streamed.values.every(Number.isFinite)).toBe(true)
    },
  )

  it('lets the event loop have its turn between slices', async () => {
    let turns = 0
    let isDone = false
    const others = (async () => {
      for (; !isDone; turns++) await nextTurn()
    })()
    await play({ name: 'fedavg', weighting: 'equal' }, inMemory)
    isDone = true
    await others
    // Three slices a round, two rounds.
    expect(turns).toBeGreaterThanOrEqual(6)
  })
})
