import { describe, expect, it } from 'vitest'
import { createTurns } from '../../src/turns.ts'

describe('createTurns', () => {
  it('T53 runs one job at a time, in the order they came', async () => {
    const inTurn = createTurns()
    const log: string[] = []
    const job = (name: string) => async () => {
      log.push(`${name} starts`)
      await new Promise((resolve) => setImmediate(resolve))
      log.push(`${name} ends`)
      return name
    }
    expect(await Promise.all(['a', 'b', 'c'].map((name) => inTurn(job(name))))).toEqual([
      'a',
      'b',
      'c',
    ])
    expect(log).toEqual(['a starts', 'a ends', 'b starts', 'b ends', 'c starts', 'c ends'])
  })

  it('tells the one who asked of a failure and goes on with the next', async () => {
    const inTurn = createTurns()
    const failed = inTurn(() => Promise.reject(new RangeError('mine')))
    const next = inTurn(async () => 'next')
    await expect(failed).rejects.toThrow('mine')
    expect(await next).toBe('next')
  })
})
