import { describe, expect, it } from 'vitest'
import { advance, initialProgress } from '../../../src/local/progress.ts'
import { createRunState } from '../../../src/local/run-state.ts'

const OPEN = { from: 'aggregator', event: { type: 'round-open', round: 1, rounds: 2 } } as const
const create = () =>
  createRunState({ initial: initialProgress(['silo-a'], 2), advance, onChange: () => {} })

describe('createRunState', () => {
  it('wakes a wait when its event comes', async () => {
    const state = create()
    const wait = state.until('round 1', 5, (progress) => progress.round === 1)
    state.apply(OPEN)
    await expect(wait).resolves.toBeUndefined()
  })

  it('answers at once for what has happened already', async () => {
    const state = create()
    state.apply(OPEN)
    await expect(state.until('round 1', 5, ({ round }) => round === 1)).resolves.toBeUndefined()
  })

  it('ends every wait, now and later, when something failed', async () => {
    const state = create()
    const error = new Error('the aggregator ended')
    const wait = state.until('round 1', 5, ({ round }) => round === 1)
    state.fail(error)
    state.fail(new Error('a later one'))
    await expect(wait).rejects.toBe(error)
    await expect(state.until('round 2', 5, ({ round }) => round === 2)).rejects.toBe(error)
  })

  it('says what it waited for when nothing came', async () => {
    const wait = create().until('the aggregator listens', 0.01, () => false)
    await expect(wait).rejects.toMatchObject({
      code: 'LOCAL_TIMEOUT',
      message: 'the aggregator listens: nothing came in 0.01 s',
    })
  })
})
