import { describe, expect, it } from 'vitest'
import { createChunkWrites } from '../../../src/transport/chunk-writes.ts'

const chunk = Uint8Array.of(1)

describe('chunk writes', () => {
  it('joins what waits and lies together, in the order in which it came', async () => {
    const written: [number, number][] = []
    const writes = createChunkWrites(async (first, chunks) => {
      written.push([first, chunks.length])
      await new Promise(setImmediate)
    })
    await Promise.all([7, 8, 9, 3, 4, 1].map((index) => writes.add(index, chunk)))
    expect(written).toEqual([
      [7, 1],
      [8, 2],
      [3, 2],
      [1, 1],
    ])
  })

  it('tells those whose write failed, and goes on with the others', async () => {
    const writes = createChunkWrites(async (first) => {
      if (first === 5) throw new RangeError('no')
    })
    const outcomes = await Promise.allSettled([5, 8].map((index) => writes.add(index, chunk)))
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled'])
  })
})
