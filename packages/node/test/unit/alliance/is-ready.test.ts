import type { AllianceRound, AllianceState } from '@fednode/contracts'
import { describe, expect, it } from 'vitest'
import { isReady } from '../../../src/alliance/is-ready.ts'
import { turnOf } from '../../../src/alliance/turn-of.ts'
import { createFakeAlliance } from './fake-alliance.ts'

const UNTIL = 100
const accounts = [1, 2, 3, 4].map((n) => `0x${String(n).padStart(40, '0')}` as const)
const zero = `0x${'0'.repeat(64)}` as const
const idle = createFakeAlliance({ accounts, model: zero, rounds: 2, now: () => 0 }).state()

const at = (phase: AllianceState['phase'], extra: Partial<AllianceState> = {}): AllianceState => ({
  ...idle,
  phase,
  until: UNTIL,
  ...extra,
})
const seat = { account: accounts[0] as `0x${string}`, weight: 1n }
const ballot = { digest: zero, score: 1, approved: 0n, lossBefore: 0n, lossAfter: 0n } as const
const round = (over: Partial<AllianceRound>): AllianceRound => ({
  proposers: [],
  voters: [],
  verdict: 'undecided',
  digest: undefined,
  ...over,
})
const ready = (state: AllianceState, open?: AllianceRound, time = UNTIL - 1, isDrawable = false) =>
  isReady({ state, round: open, time, isDrawable })

describe('whether an alliance can be taken on', () => {
  it('waits for the end of each phase as long as something may come', () => {
    const one = { ...seat, contribution: undefined, approved: false }
    const vote = { ...seat, committed: true, ballot: undefined }
    const cases = [
      ['idle', undefined],
      ['drawing', undefined],
      ['contributing', round({ proposers: [one, { ...one, contribution: zero }] })],
      ['committing', round({ voters: [vote, { ...vote, committed: false }] })],
      ['revealing', round({ voters: [vote, { ...vote, ballot }] })],
    ] as const
    for (const [phase, open] of cases) {
      expect(ready(at(phase), open), phase).toBe(false)
      expect(ready(at(phase), open, UNTIL), phase).toBe(true)
    }
  })

  it('goes on as soon as all have come', () => {
    const proposed = { ...seat, contribution: zero, approved: false }
    expect(ready(at('drawing'), undefined, 0, true)).toBe(true)
    expect(ready(at('contributing'), round({ proposers: [proposed] }))).toBe(true)
    const voted = { ...seat, committed: true, ballot: undefined }
    expect(ready(at('committing'), round({ voters: [voted] }))).toBe(true)
    // Who has not committed has nothing to reveal.
    const silent = { ...seat, committed: false, ballot: undefined }
    expect(ready(at('revealing'), round({ voters: [{ ...voted, ballot }, silent] }))).toBe(true)
  })

  it('opens no round with too few participants, and none when it is over', () => {
    expect(ready(at('idle', { participants: accounts.slice(1, 2) }), undefined, UNTIL)).toBe(false)
    expect(ready(at('finished'), undefined, UNTIL)).toBe(false)
  })
})

describe('whose turn it is to take an alliance on', () => {
  it('is another one’s first in every round, and everybody’s once', () => {
    for (const number of [1, 2, 3, 4, 5]) {
      const turns = accounts.map((account) =>
        turnOf({ participants: accounts, round: number }, account),
      )
      expect(turns.toSorted()).toEqual([0, 1, 2, 3])
      expect(turns.indexOf(0)).toBe(number % accounts.length)
    }
  })

  it('is a stranger’s last', () => {
    expect(turnOf({ participants: accounts, round: 1 }, '0xff')).toBe(accounts.length)
  })
})
