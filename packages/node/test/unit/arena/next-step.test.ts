import type { Task } from '@fednode/contracts'
import { describe, expect, it } from 'vitest'
import { nextStep } from '../../../src/arena/next-step.ts'

const DEADLINE = 1_000
const terms = { revealSeconds: 60 } as Task['terms']
const sight = (phase: Task['phase'], time: number) => ({
  task: { phase, deadline: DEADLINE, terms },
  time,
  isDrawable: false,
  seats: [],
})
const [waiting, open, shut] = [
  { committed: false, revealed: false },
  { committed: true, revealed: false },
  { committed: true, revealed: true },
]

describe('nextStep', () => {
  it('freezes when the time for submissions is over', () => {
    expect(nextStep(sight('submitting', DEADLINE - 1))).toBeUndefined()
    expect(nextStep(sight('submitting', DEADLINE))).toBe('freeze')
  })

  it('draws as soon as the beacon is known, and gives it up after its deadline', () => {
    expect(nextStep(sight('drawing', DEADLINE - 1))).toBeUndefined()
    expect(nextStep({ ...sight('drawing', 0), isDrawable: true })).toBe('draw')
    expect(nextStep({ ...sight('drawing', DEADLINE), isDrawable: true })).toBe('draw')
    expect(nextStep(sight('drawing', DEADLINE))).toBe('void')
  })

  it('counts when everything that was committed is revealed, or reveals are over', () => {
    const votes = (time: number, ...seats: { committed: boolean; revealed: boolean }[]) =>
      nextStep({ ...sight('voting', time), seats })
    expect(votes(DEADLINE - 1, shut, shut)).toBeUndefined()
    expect(votes(DEADLINE, shut, open)).toBeUndefined()
    expect(votes(DEADLINE, shut, waiting)).toBe('count')
    expect(votes(DEADLINE + 60, shut, open)).toBe('count')
  })

  it('has nothing to do in a task that has finished', () => {
    expect(nextStep(sight('finished', DEADLINE + 1))).toBeUndefined()
  })
})
