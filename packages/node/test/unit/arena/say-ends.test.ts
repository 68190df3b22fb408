import { ChainError, type TaskRound, type TaskSeat } from '@fednode/contracts'
import { expect, it } from 'vitest'
import type { ArenaEvent } from '../../../src/arena/arena-events.ts'
import { describeArenaEvent } from '../../../src/arena/describe-arena-event.ts'
import { sayEnds } from '../../../src/arena/say-ends.ts'

const OWN = '0x00000000000000000000000000000000000000aa'
const SEAT: TaskSeat = { seat: 0, models: [0], committed: true, revealed: true, punished: false }

async function missedIn(seat: TaskSeat | undefined, result: TaskRound['result'] = 'counted') {
  const events: ArenaEvent[] = []
  const round = { round: 1, result, models: [], validators: [] }
  const deps = {
    chain: {
      account: OWN,
      rounds: async () => [round],
      seat: async () => seat,
      claim: async () => 0n,
    },
    onEvent: (event: ArenaEvent) => void events.push(event),
  } as const
  await sayEnds({ deps }, { ended: 0 }, { round: 2, phase: 'submitting' })
  expect(events.at(-1)).toMatchObject({ type: 'ended', round: 1, result })
  return events.slice(0, -1)
}

it('a validator is told what it missed, and nobody who did his part or had none', async () => {
  const reveal = await missedIn({ ...SEAT, revealed: false })
  expect(reveal).toEqual([{ type: 'missed', round: 1, duty: 'reveal' }])
  expect(reveal.map(describeArenaEvent)).toEqual([
    'Round 1   missed: the scores were not revealed in time, which costs a part of the stake',
  ])
  const silent = { ...SEAT, committed: false, revealed: false }
  expect(await missedIn(silent)).toEqual([{ type: 'missed', round: 1, duty: 'vote' }])
  expect(await missedIn(SEAT)).toEqual([])
  expect(await missedIn({ ...silent, models: [] })).toEqual([])
  expect(await missedIn(silent, 'void')).toEqual([])
  expect(await missedIn(undefined)).toEqual([])
})

it('an end is said once, though the chain does not answer in the middle of several', async () => {
  const ended: number[] = []
  let isAway = true
  const deps = {
    chain: {
      account: OWN,
      rounds: async () =>
        [1, 2, 3].map((round) => ({ round, result: 'void', models: [], validators: [] }) as const),
      async seat(round: number) {
        if (isAway && round === 2) throw new ChainError('away', { code: 'RPC_FAILED' })
        return undefined
      },
      claim: async () => 0n,
    },
    onEvent: (event: ArenaEvent) => {
      if (event.type === 'ended') ended.push(event.round)
    },
  } as const
  const course = { ended: 0 }
  const task = { round: 4, phase: 'submitting' } as const
  await expect(sayEnds({ deps }, course, task)).rejects.toThrow('away')
  isAway = false
  await sayEnds({ deps }, course, task)
  expect(ended).toEqual([1, 2, 3])
})
