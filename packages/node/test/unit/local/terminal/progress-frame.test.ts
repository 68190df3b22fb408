import { describe, expect, it } from 'vitest'
import { initialProgress, type Progress } from '../../../../src/local/progress.ts'
import { progressFrame } from '../../../../src/local/terminal/progress-frame.ts'

const WIDE = { seconds: 2.14, columns: 100 }

function training(): Progress {
  const start = initialProgress(['silo-a', 'silo-bcd'], 8)
  return {
    ...start,
    step: 'training',
    round: 3,
    received: 1,
    silos: start.silos.map((silo, index) => ({
      ...silo,
      status: index === 0 ? 'accepted' : 'training',
      done: index === 0 ? 40 : 10,
      total: 40,
      loss: 0.3,
    })),
    closed: [
      {
        round: 2,
        metrics: { accuracy: 0.871 },
        loss: 0.42,
        contributions: [],
        seconds: { train: 1, transfer: 0, aggregate: 0, assess: 0, anchor: 0 },
      },
    ],
  }
}

describe('progressFrame', () => {
  it('shows the round, then a bar per silo', () => {
    expect(progressFrame(training(), WIDE)).toEqual([
      'Round 3 of 8   training   1/2 updates   2.1 s   accuracy 0.871   loss 0.420',
      '  silo-a    ████████████████████ 100 %   loss 0.300   accepted',
      '  silo-bcd  █████░░░░░░░░░░░░░░░  25 %   loss 0.300   training',
    ])
  })

  it('says what happens before round 1', () => {
    const [head] = progressFrame(initialProgress(['silo-a'], 8), WIDE)
    expect(head).toBe('Before round 1   starting the processes   2.1 s')
  })

  it('never lets a line wrap', () => {
    const lines = progressFrame(training(), { seconds: 1, columns: 40 })
    expect(lines.every((line) => line.length <= 40)).toBe(true)
    expect(lines[0], 'no half number').toBe('Round 3 of 8   training   1/2 updates')
  })

  it('says how many models an assessment has evaluated', () => {
    const progress = { ...training(), step: 'assessing', evaluated: 1_024 } as const
    const [head] = progressFrame(progress, { seconds: 1, columns: 120 })
    expect(head).toContain('assessing, 1,024 models')
  })

  it('fits a terminal of 80 columns in every step', () => {
    for (const step of ['training', 'assessing', 'gathering'] as const) {
      const progress = { ...training(), step, rounds: 8 }
      const [head] = progressFrame(progress, { seconds: 99.94, columns: 80 })
      if (step !== 'gathering') expect(head).toMatch(/99\.9 s {3}accuracy 0\.871 {3}loss 0\.420$/)
    }
  })
})
