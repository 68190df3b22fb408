import { cidOfBytes } from '@fednode/protocol'
import { expect, it } from 'vitest'
import {
  describeSiloRounds,
  type MeasuredRound,
} from '../../../../src/commands/run/show/describe-silo-rounds.ts'

const RESULT = {
  ...{ metrics: { accuracy: 0.9 }, loss: 0.2, shapley: 0, standardError: 0 },
  ...{ measured: false, paid: true, share: 0, model: cidOfBytes(Uint8Array.of(1)) },
}

function round(number: number, changes: Partial<MeasuredRound> = {}): MeasuredRound {
  return { round: number, receivedBytes: 100, sentBytes: 200, ...changes }
}

it('T5: says why a round did not count this silo', () => {
  const lines = describeSiloRounds([
    round(1, { result: { ...RESULT, measured: true } }),
    round(2, { result: { ...RESULT, leftOut: 'late' } }),
    round(3, { result: { ...RESULT, leftOut: 'dropped' } }),
  ]).split('\n')
  expect(lines.slice(4)).toEqual([
    'round 2: not counted: the update came after the end of the round',
    'round 3: not counted: the aggregator signed for this update and left it out; the receipt is kept  (fednode contrib verify)',
  ])
})

it('says when the chain has another outcome', () => {
  const text = describeSiloRounds([round(1, { result: RESULT, anchored: false })])
  expect(text).toContain('round 1: the chain has another outcome')
})

it('says when there is nothing yet', () => {
  expect(describeSiloRounds([])).toBe('this silo has not played a round yet')
})
