import type { AllianceBallot, AllianceRound, AllianceState } from '@fednode/contracts'
import { cidFromDigest } from '@fednode/protocol'
import { describe, expect, it } from 'vitest'
import type { AllianceEvent } from '../../../src/alliance/alliance-events.ts'
import type { SettledRound } from '../../../src/alliance/alliance-journal.ts'
import { describeAllianceEvent } from '../../../src/alliance/describe-alliance-event.ts'
import { lastTold, missedDuty, sayEnds } from '../../../src/alliance/say-ends.ts'

const OWN = '0x00000000000000000000000000000000000000aa'
const OTHER = '0x00000000000000000000000000000000000000bb'
const digestOf = (seed: number) => `0x${String(seed).padStart(64, '0')}` as const
const ballot: AllianceBallot = {
  digest: digestOf(9),
  score: 1,
  approved: 1n,
  lossBefore: 2n,
  lossAfter: 1n,
}

type Voter = Partial<AllianceRound['voters'][number]>

function roundOf(about: {
  readonly contribution?: boolean
  readonly proposer?: string
  readonly voter?: Voter
  readonly verdict?: AllianceRound['verdict']
  readonly digest?: `0x${string}`
}): AllianceRound {
  const { contribution = true, proposer = OTHER, voter, verdict = 'undecided', digest } = about
  const seat = { account: proposer as typeof OWN, weight: 1n, approved: false }
  const own = { account: OWN, weight: 1n, committed: true, ballot } as const
  return {
    proposers: [{ ...seat, contribution: contribution ? digestOf(7) : undefined }],
    voters: voter === undefined ? [] : [{ ...own, ...voter }],
    verdict,
    digest,
  }
}

describe('what was missed in a round', () => {
  it.each([
    ['a contribution that did not come', { proposer: OWN, contribution: false }, 'contribution'],
    ['a commitment that did not come', { voter: { committed: false, ballot: undefined } }, 'vote'],
    ['a reveal that did not come', { voter: { ballot: undefined } }, 'reveal'],
    ['nothing, of who contributed', { proposer: OWN }, undefined],
    ['nothing, of who revealed', { voter: {} }, undefined],
    ['nothing, of who was not drawn', {}, undefined],
    [
      'nothing, of a voter who had nothing to vote on',
      { contribution: false, voter: { committed: false, ballot: undefined } },
      undefined,
    ],
  ] as const)('is %s', (_, about, missed) => {
    expect(missedDuty(roundOf(about), OWN)).toBe(missed)
  })
})

async function told(
  rounds: readonly AllianceRound[],
  kept: readonly SettledRound[],
  state: Pick<AllianceState, 'phase' | 'round' | 'model'>,
) {
  const events: AllianceEvent[] = []
  const settled: SettledRound[] = []
  const deps = {
    chain: { account: OWN, round: async (at: number) => rounds[at - 1] ?? roundOf({}) },
    blobs: { remove: async () => {} },
    journal: {
      saveSettled: (round: number, model: SettledRound['model']) => {
        settled.push({ round, model })
      },
    },
    onEvent: (event: AllianceEvent) => void events.push(event),
  } as const
  await sayEnds({ deps }, lastTold({ settled: () => kept }, state), state)
  return { events, settled }
}

describe('the ends of rounds', () => {
  it('are told after a restart for those that ended meanwhile, each with its own model', async () => {
    const rounds = [
      roundOf({}),
      roundOf({ verdict: 'accepted', digest: digestOf(2), voter: { ballot: undefined } }),
      roundOf({ verdict: 'rejected', digest: digestOf(8) }),
      roundOf({ verdict: 'accepted', digest: digestOf(4) }),
    ]
    const kept = [{ round: 1, model: cidFromDigest(digestOf(1), 'dag-cbor') }]
    const state = { phase: 'idle', round: 5, model: digestOf(4) } as const
    const { events, settled } = await told(rounds, kept, state)
    expect(events).toEqual([
      { type: 'missed', round: 2, duty: 'reveal' },
      { type: 'settled', round: 2, verdict: 'accepted', model: digestOf(2) },
      { type: 'settled', round: 3, verdict: 'rejected', model: digestOf(2) },
      { type: 'settled', round: 4, verdict: 'accepted', model: digestOf(4) },
    ])
    expect(settled).toEqual([{ round: 4, model: cidFromDigest(digestOf(4), 'dag-cbor') }])
    expect(describeAllianceEvent(events[0] as AllianceEvent)).toBe(
      'Round 2   missed: the vote was not revealed in time, which costs a part of the stake',
    )
  })

  it('are told from the present round on by who is new, or was away for long', async () => {
    const state = { phase: 'idle', round: 100, model: digestOf(4) } as const
    expect((await told([], [], state)).events).toEqual([])
    const long = [{ round: 3, model: cidFromDigest(digestOf(1), 'dag-cbor') }]
    expect((await told([], long, state)).events).toEqual([])
    const { events } = await told([], [], { ...state, phase: 'finished' })
    expect(events.map(({ type }) => type)).toEqual(['settled'])
  })
})
