import type { SignedMessage } from '@fednode/protocol'
import { expect, test } from 'vitest'
import { createClockWatch } from '../../../src/silo/clock-watch.ts'

const NOON = 1_700_000_000_000

function watchAt(clock: { now: number }) {
  const warned: object[] = []
  const logger = { warn: (fields: object) => void warned.push(fields) }
  return { warned, ...createClockWatch({ logger, now: () => clock.now }) }
}

// Of a message, only its time is looked at.
const sentAt = (time: number) => ({ message: { sentAt: time } }) as unknown as SignedMessage

test('T14: a clock that is ten minutes off is told once, and again after it was right', () => {
  const clock = { now: NOON + 600_000 }
  const { look, warned } = watchAt(clock)
  look([sentAt(NOON - 3_600_000), sentAt(NOON)])
  look([sentAt(NOON)])
  expect(warned).toEqual([{ secondsAhead: 600 }])
  clock.now = NOON
  look([sentAt(NOON + 1)])
  clock.now = NOON - 600_000
  look([sentAt(NOON + 2)])
  expect(warned).toEqual([{ secondsAhead: 600 }, { secondsAhead: -600 }])
})

test('T3, T14: an old word that somebody repeats says nothing about the clock', () => {
  const { look, warned } = watchAt({ now: NOON })
  look([sentAt(NOON)])
  look([sentAt(NOON - 600_000)])
  expect(warned).toEqual([])
})

test('T14: clocks within the tolerance, and an aggregator that says nothing, are no news', () => {
  const { look, warned } = watchAt({ now: NOON })
  look([sentAt(NOON + 29_000)])
  look([sentAt(NOON - 29_000)])
  look([])
  expect(warned).toEqual([])
})
