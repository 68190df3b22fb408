import { PassThrough } from 'node:stream'
import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it, vi } from 'vitest'
import { initialProgress, type Progress } from '../../../../src/local/progress.ts'
import { createJsonView } from '../../../../src/local/terminal/json-view.ts'
import { createLiveView } from '../../../../src/local/terminal/live-view.ts'
import { createPlainView } from '../../../../src/local/terminal/plain-view.ts'
import { sayFailedTraining } from '../../../../src/local/terminal/say-failed-training.ts'

const SECONDS = { train: 2, transfer: 0.25, aggregate: 0, assess: 0.5, anchor: 9 }

function afterRounds(count: number): Progress {
  const closed = Array.from({ length: count }, (_, index) => ({
    round: index + 1,
    metrics: { accuracy: 0.8 },
    loss: 0.5,
    contributions: [],
    seconds: SECONDS,
  }))
  return { ...initialProgress(['silo-a'], 3), round: count, closed }
}

describe('createPlainView', () => {
  it('adds one line for each fact and each closed round, and never takes one back', () => {
    const lines: string[] = []
    const view = createPlainView({ write: (text: string) => lines.push(text) })
    view.fact('chain', 'started')
    for (const rounds of [0, 1, 1, 2]) view.show(afterRounds(rounds))
    view.close()
    expect(lines).toEqual([
      '  chain      started\n',
      'Round 1 of 3   accuracy 0.800   loss 0.500   2.8 s\n',
      'Round 2 of 3   accuracy 0.800   loss 0.500   2.8 s\n',
    ])
  })
})

describe('createJsonView', () => {
  it('tells facts and closed rounds as one JSON event a line, each once', () => {
    let written = ''
    const view = createJsonView({
      write: (text: string) => {
        written += text
      },
    })
    view.line('digits: 3 rounds')
    view.fact('chain', 'started\u001b[2J')
    for (const rounds of [0, 1, 1, 2]) view.show(afterRounds(rounds))
    view.close()
    expect(written).not.toContain('\u001b')
    const closed = { type: 'round-closed', rounds: 3, metrics: { accuracy: 0.8 }, loss: 0.5 }
    expect(
      written
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([
      { type: 'line', text: 'digits: 3 rounds' },
      { type: 'fact', label: 'chain', text: 'started\u001b[2J' },
      { ...closed, round: 1, seconds: SECONDS },
      { ...closed, round: 2, seconds: SECONDS },
    ])
  })
})

describe('sayFailedTraining', () => {
  it('names silo, round and step on a line that stays, and what happens now (T40)', () => {
    const facts: string[] = []
    const view = { fact: (_: string, text: string) => facts.push(text) }
    const reason = 'The training loss of step 3 is Infinity'
    const failed = { type: 'skipped', round: 2, code: 'NOT_FINITE', reason } as const
    sayFailedTraining(view, { from: 'silo', name: 'north', event: { type: 'sent', round: 1 } })
    sayFailedTraining(view, { from: 'silo', name: 'north', event: failed })
    expect(facts).toEqual([
      'round 2, north: training failed: The training loss of step 3 is Infinity (NOT_FINITE). Nothing was sent, the last good model stays, the next round is tried again; smaller steps (training.learningRate), clipNorm or scaled columns in the manifest keep it finite',
    ])
  })
})

describe('createLiveView', () => {
  it('keeps facts, redraws the rest by its own clock and ends without it', () => {
    vi.useFakeTimers()
    try {
      let written = ''
      const stream = new PassThrough().on('data', (bytes) => {
        written += bytes
      })
      // A terminal as far as the view looks at one.
      const terminal = Object.assign(stream, { columns: 80, rows: 24, isTTY: true })
      const view = createLiveView(terminal as unknown as NodeJS.WriteStream, () => 0)
      view.fact('chain', 'started')
      view.show(afterRounds(1))
      vi.advanceTimersByTime(1_000)
      const shown = stripVTControlCharacters(written)
      expect(shown).toContain('  chain      started')
      expect(shown).toContain('Round 1 of 3')
      view.close()
      view.close()
      const before = written.length
      vi.advanceTimersByTime(1_000)
      expect(written.length).toBe(before)
    } finally {
      vi.useRealTimers()
    }
  })
})
