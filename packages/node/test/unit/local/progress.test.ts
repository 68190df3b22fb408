import { describe, expect, it } from 'vitest'
import { type ChildEvent, parseChildLine } from '../../../src/local/child-events.ts'
import { advance, initialProgress, type Progress } from '../../../src/local/progress.ts'

const SECONDS = { train: 1, transfer: 0, aggregate: 0, assess: 0, anchor: 0 }

function replay(lines: readonly [name: string, event: object][]): Progress {
  const events = lines.flatMap(([name, event]): ChildEvent[] => {
    const role = name === 'aggregator' ? 'aggregator' : 'silo'
    const parsed = parseChildLine({ role, name }, JSON.stringify(event))
    return parsed === undefined ? [] : [parsed]
  })
  return events.reduce(advance, initialProgress(['silo-a', 'silo-b'], 3))
}

describe('advance', () => {
  it('follows a round from its opening to its end', () => {
    const opened = [
      ['aggregator', { type: 'round-open', round: 1, rounds: 3 }],
      ['silo-a', { type: 'round-open', round: 1, rounds: 3 }],
      ['silo-a', { type: 'training', round: 1, done: 30, total: 100, loss: 0.7 }],
    ] as [string, object][]
    const training = replay(opened)
    expect(training).toMatchObject({ step: 'training', round: 1, rounds: 3, received: 0 })
    expect(training.silos[0]).toMatchObject({ status: 'training', done: 30, total: 100, loss: 0.7 })
    expect(training.silos[1]).toMatchObject({ status: 'starting' })

    const record = {
      round: 1,
      metrics: { accuracy: 0.8 },
      loss: 0.5,
      contributions: [],
      seconds: SECONDS,
    }
    const closed = replay([
      ...opened,
      ['silo-a', { type: 'sent', round: 1, update: 'x', bytes: 1, trainMs: 1 }],
      ['aggregator', { type: 'update', round: 1, silo: 'silo-a', received: 1, expected: 2 }],
      ['silo-a', { type: 'receipt', round: 1, accepted: true }],
      ['silo-b', { type: 'receipt', round: 1, accepted: false, code: 'NOT_FINITE' }],
      ['aggregator', { type: 'assessing', round: 1, evaluated: 64 }],
      ['aggregator', { type: 'round-closed', record }],
      ['aggregator', { type: 'anchored', round: 1, step: 'assert', gas: 100 }],
      ['aggregator', { type: 'anchored', round: 1, step: 'finalize', gas: 20 }],
    ])
    expect(closed).toMatchObject({ step: 'assessing', received: 1, gas: 120, settledRounds: 1 })
    expect(closed.closed).toEqual([record])
    expect(closed.silos.map(({ status, code }) => [status, code])).toEqual([
      ['accepted', undefined],
      ['refused', 'NOT_FINITE'],
    ])
  })

  it('starts the next round with empty bars', () => {
    const progress = replay([
      ['silo-a', { type: 'training', round: 1, done: 100, total: 100, loss: 0.7 }],
      ['silo-a', { type: 'round-open', round: 2, rounds: 3 }],
    ])
    expect(progress.silos[0]).toMatchObject({ done: 0, total: 0, loss: undefined })
  })

  it('knows what the aggregator waits for', () => {
    const waiting = (reason: string): Progress['step'] =>
      replay([['aggregator', { type: 'waiting', for: reason, detail: '' }]]).step
    expect(['registration', 'market', 'resume', 'silos'].map(waiting)).toEqual([
      'registering',
      'market',
      'paused',
      'gathering',
    ])
  })

  it('ignores silos that it does not know', () => {
    expect(replay([['silo-x', { type: 'finished' }]])).toEqual(
      initialProgress(['silo-a', 'silo-b'], 3),
    )
  })
})

describe('parseChildLine', () => {
  it.each(['', 'not json', '[]', 'null', '{"type":"unknown"}', '{"type":"update","round":-1}'])(
    'answers nothing for %j',
    (line) => {
      expect(parseChildLine({ role: 'aggregator', name: 'aggregator' }, line)).toBeUndefined()
    },
  )

  it('does not take an event of the other role', () => {
    const line = JSON.stringify({ type: 'assessing', round: 1, evaluated: 64 })
    expect(parseChildLine({ role: 'silo', name: 'silo-a' }, line)).toBeUndefined()
  })
})
