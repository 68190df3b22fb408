import { describe, expect, it } from 'vitest'
import { explainMemory } from '../../../src/backends/out-of-memory.ts'
import { EngineError } from '../../../src/errors.ts'

const NEEDED = 3_145_728_000

function failing(error: unknown): Promise<unknown> {
  return explainMemory(
    'tfjs-node',
    () => NEEDED,
    () => Promise.reject(error),
  )
}

describe('explainMemory', () => {
  it('says how much an array of JavaScript that does not fit was part of', async () => {
    const work = async () => new Float32Array(2 ** 53 - 1).length
    await expect(explainMemory('cpu', () => NEEDED, work)).rejects.toMatchObject({
      info: { code: 'OUT_OF_MEMORY', neededBytes: NEEDED },
      message:
        'Out of memory: 3,000 MiB of tensors were needed, and cpu had no room for all of them; take smaller batches or a smaller model, or another engine',
    })
  })

  it('says it of what TensorFlow has no room for', async () => {
    const tensor = new Error(
      'OOM when allocating tensor with shape[64,1000000] and type float on CPU by allocator cpu',
    )
    await expect(failing(tensor)).rejects.toMatchObject({ code: 'OUT_OF_MEMORY', cause: tensor })
  })

  it.each([
    ['a programming error', new RangeError('Maximum call stack size exceeded')],
    ['what an engine says itself', new EngineError('out of memory', { code: 'TRAINING_ABORTED' })],
    ['what is no error', 'out of memory'],
  ])('leaves %s as it is', async (_name, error) => {
    await expect(failing(error)).rejects.toBe(error)
  })

  it('hands on what the work gives', async () => {
    expect(
      await explainMemory(
        'cpu',
        () => NEEDED,
        async () => 7,
      ),
    ).toBe(7)
  })
})
