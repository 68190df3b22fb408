import { describe, expect, it } from 'vitest'
import { repeatWhenLost } from '../../../src/backends/repeat-when-lost.ts'
import { EngineError } from '../../../src/errors.ts'

/** Work whose device is lost the first so many times. */
function lostTimes(losses: number) {
  const counts = { tries: 0, restarts: 0 }
  const work = async (): Promise<string> => {
    if (counts.tries++ < losses)
      throw new EngineError('lost', { code: 'DEVICE_LOST', reason: 'test' })
    return 'done'
  }
  const restart = async (): Promise<void> => {
    counts.restarts++
  }
  return { counts, result: repeatWhenLost(work, restart) }
}

describe('repeatWhenLost', () => {
  it.each([0, 1, 3])('comes to an end after %i losses', async (losses) => {
    const { counts, result } = lostTimes(losses)
    expect(await result).toBe('done')
    expect(counts).toEqual({ tries: losses + 1, restarts: losses })
  })

  it('gives up on a device that is lost again and again', async () => {
    const { counts, result } = lostTimes(100)
    await expect(result).rejects.toMatchObject({ code: 'DEVICE_LOST' })
    expect(counts).toEqual({ tries: 4, restarts: 3 })
  })

  it('hands on what is no loss', async () => {
    const broken = async (): Promise<never> => {
      throw new EngineError('bad', { code: 'DEVICE_ERROR', reason: 'x' })
    }
    await expect(repeatWhenLost(broken, async () => {})).rejects.toThrow('bad')
  })
})
