import { describe, expect, it } from 'vitest'
import { createLimiter } from '../../../src/coordinator/limiter.ts'

const tick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe('createLimiter', () => {
  it('runs at most so many at a time, in order, also after failures', async () => {
    const limit = createLimiter(2)
    const started: number[] = []
    let running = 0
    let most = 0
    const jobs = Array.from({ length: 7 }, (_, i) =>
      limit(async () => {
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
})
