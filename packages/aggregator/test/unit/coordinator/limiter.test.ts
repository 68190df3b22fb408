import { describe, expect, it } from 'vitest'
import { createLimiter } from '../../../src/coordinator/limiter.ts'

const tick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe('createLimiter', () => {
  it('runs at most so many at a time, in order, also after failures', async () => {
    const limit = createLimiter({ jobs: 2, bytes: 100 })
    const started: number[] = []
    let running = 0
    let most = 0
    const jobs = Array.from({ length: 7 }, (_, i) =>
      limit(1, async () => {
        started.push(i)
        most = Math.max(most, ++running)
        await tick()
        running--
        if (i % 3 === 0) throw new RangeError(String(i))
        return i
      }),
    )
    const results = await Promise.allSettled(jobs)
    expect(most).toBe(2)
    expect(started).toEqual([0, 1, 2, 3, 4, 5, 6])
    expect(results.map(({ status }) => status)).toEqual(
      Array.from({ length: 7 }, (_, i) => (i % 3 === 0 ? 'rejected' : 'fulfilled')),
    )
  })

  it('runs no more bytes at a time than there is room for, and what is larger alone', async () => {
    const limit = createLimiter({ jobs: 4, bytes: 100 })
    const running: number[] = []
    const seen: number[][] = []
    const sizes = [60, 30, 20, 500, 40, 60, 1]
    await Promise.all(
      sizes.map((size) =>
        limit(size, async () => {
          running.push(size)
          seen.push([...running])
          await tick()
          running.splice(running.indexOf(size), 1)
        }),
      ),
    )
    expect(seen.map((jobs) => jobs.at(-1))).toEqual(sizes)
    for (const jobs of seen) {
      const bytes = jobs.reduce((sum, size) => sum + size, 0)
      expect(bytes <= 100 || jobs.length === 1).toBe(true)
    }
    expect(seen).toContainEqual([500])
  })
})
