import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RefusalCode, UpdateReady } from '../../../src/messages/types.ts'
import { checkUpdateReady, isPeerFault } from '../../../src/rounds/check-update-ready.ts'
import {
  acceptedUpdates,
  isRoundComplete,
  MAX_UPDATE_TRIES,
  mayAggregate,
  openRound,
  type RoundPlan,
  type RoundState,
} from '../../../src/rounds/round.ts'
import { type RoundDecision, type RoundEvent, stepRound } from '../../../src/rounds/step-round.ts'
import {
  AGGREGATOR,
  cidOf,
  NOW,
  SILO,
  STRANGER,
  siloName,
  UPDATE_READY,
} from '../sample-messages.ts'

const A = siloName('silo-a')
const B = siloName('silo-b')
const PEERS = new Map([
  [A, SILO.peerId],
  [B, AGGREGATOR.peerId],
])

const PLAN: RoundPlan = {
  round: 3,
  term: 1,
  base: cidOf('model'),
  deadline: NOW + 60_000,
  minSilos: 1,
  targetSilos: 2,
  members: PEERS,
  maxSamples: 1_000_000_000,
  maxUpdateBytes: 2_048,
}

function update(changes: Partial<UpdateReady> = {}): UpdateReady {
  return { ...UPDATE_READY, ...changes }
}

function announced(changes: Partial<UpdateReady> = {}, now: number = NOW): RoundEvent {
  const message = update(changes)
  const sender = PEERS.get(message.silo) ?? STRANGER.peerId
  return { type: 'announced', message, sender, now }
}

function fetched(blob: string, code?: RefusalCode, silo = A): RoundEvent {
  const event = { type: 'fetched', silo, update: cidOf(blob) } as const
  return code === undefined ? event : { ...event, code }
}

/** Runs events; returns the last state and the kinds of all decisions. */
function run(
  plan: RoundPlan,
  ...events: RoundEvent[]
): { state: RoundState; said: string[]; decisions: RoundDecision[] } {
  let state = openRound(plan)
  const decisions: RoundDecision[] = []
  for (const event of events) {
    const step = stepRound(state, event)
    state = step.state
    decisions.push(...step.decisions)
  }
  return {
    state,
    decisions,
    said: decisions.map((decision) =>
      'code' in decision ? `${decision.type} ${decision.code}` : decision.type,
    ),
  }
}

const two = { ...PLAN, minSilos: 2 }
const updateB = { silo: B, update: { cid: cidOf('update-b'), size: 10 } }

describe('an announced update', () => {
  const open = openRound(PLAN)
  const codeOf = (
    state: RoundState,
    changes: Partial<UpdateReady>,
    sender = SILO.peerId,
    now = NOW,
  ): string => {
    const taken = checkUpdateReady(state, { message: update(changes), sender, now })
    return taken.ok ? 'ok' : taken.code
  }

  it('is taken from its own silo, in its round, from its base, in time', () => {
    expect(codeOf(open, {})).toBe('ok')
    expect(codeOf(open, {}, SILO.peerId, PLAN.deadline)).toBe('ok')
  })

  it('T1 T2 is refused from peers that are not registered or speak for another', () => {
    expect(codeOf(open, {}, STRANGER.peerId)).toBe('NOT_REGISTERED')
    expect(codeOf(open, { silo: B })).toBe('NOT_REGISTERED')
    expect(codeOf(open, { silo: siloName('silo-z') })).toBe('NOT_REGISTERED')
  })

  it('T3 is refused from another round or term', () => {
    expect(codeOf(open, { round: 2 })).toBe('WRONG_ROUND')
    expect(codeOf(open, { term: 2 })).toBe('WRONG_ROUND')
  })

  it.each<[RefusalCode, Partial<UpdateReady>, number]>([
    ['LATE', {}, PLAN.deadline + 1],
    ['WRONG_BASE', { base: cidOf('older model') }, NOW],
    ['TOO_LARGE', { update: { cid: cidOf('update'), size: 2_049 } }, NOW],
    ['IMPLAUSIBLE_SAMPLES', { samples: 0 }, NOW],
    ['IMPLAUSIBLE_SAMPLES', { samples: 1_000_000_001 }, NOW],
  ])('is refused as %s', (code, changes, now) => {
    expect(codeOf(open, changes, SILO.peerId, now)).toBe(code)
  })

  it('is refused as a duplicate while another one of its silo stands', () => {
    const other = { update: { cid: cidOf('other'), size: 10 } }
    const { state } = run(two, announced())
    expect(codeOf(state, other)).toBe('DUPLICATE')
    expect(codeOf(run(two, announced(), fetched('update')).state, other)).toBe('DUPLICATE')
    expect(codeOf(run(two, announced(), fetched('update', 'BAD_CONTENT')).state, other)).toBe('ok')
  })

  it('costs standing only when the peer is at fault', () => {
    const unlucky: RefusalCode[] = ['LATE', 'UNAVAILABLE', 'WRONG_ROUND']
    expect(unlucky.some(isPeerFault)).toBe(false)
    const faults: RefusalCode[] = [
      'NOT_REGISTERED',
      'WRONG_BASE',
      'DUPLICATE',
      'TOO_LARGE',
      'BAD_CONTENT',
      'WRONG_SHAPES',
      'NOT_FINITE',
      'NORM_TOO_LARGE',
      'IMPLAUSIBLE_SAMPLES',
    ]
    expect(faults.every(isPeerFault)).toBe(true)
  })
})

describe('a round', () => {
  it('fetches, accepts and aggregates once everybody is in', () => {
    const { said, decisions } = run(
      two,
      announced(),
      fetched('update'),
      announced(updateB),
      fetched('update-b', undefined, B),
    )
    expect(said).toEqual(['fetch', 'accept', 'fetch', 'accept', 'aggregate'])
    expect(decisions.at(-1)).toMatchObject({ updates: [{ silo: A, samples: 2_790 }, { silo: B }] })
  })

  it('lists updates by the name of the silo, whoever came first', () => {
    const { state } = run(
      { ...PLAN, minSilos: 2 },
      announced(updateB),
      fetched('update-b', undefined, B),
      announced(),
      fetched('update'),
    )
    expect(acceptedUpdates(state).map(({ silo }) => silo)).toEqual([A, B])
  })

  it('takes the end of a fetch once, and none that it did not begin', () => {
    const twice = run(
      two,
      announced(),
      fetched('update'),
      fetched('update'),
      fetched('update', 'NOT_FINITE'),
    )
    expect(twice.said).toEqual(['fetch', 'accept'])
    expect(run(two, announced(), fetched('other'), fetched('update', undefined, B)).said).toEqual([
      'fetch',
    ])
    expect(run(two, announced(), fetched('update', 'NOT_FINITE'), fetched('update')).said).toEqual([
      'fetch',
      'refuse NOT_FINITE',
    ])
  })

  it('waits for the deadline when somebody is missing, then goes on without it', () => {
    const { state, said } = run(PLAN, announced(), fetched('update'))
    expect([isRoundComplete(state), mayAggregate(state), state.phase]).toEqual([
      false,
      true,
      'collecting',
    ])
    expect(said).toEqual(['fetch', 'accept'])
    expect(run(PLAN, announced(), fetched('update'), { type: 'deadline' }).said).toEqual([
      'fetch',
      'accept',
      'aggregate',
    ])
  })

  it('goes on at once without a silo whose update is refused for good', () => {
    const events = [
      announced(),
      fetched('update'),
      announced(updateB),
      fetched('update-b', 'NOT_FINITE', B),
    ]
    expect(run(PLAN, ...events).said).toEqual([
      'fetch',
      'accept',
      'fetch',
      'refuse NOT_FINITE',
      'aggregate',
    ])
  })

  it('is void at the deadline with too few updates', () => {
    const { said, decisions, state } = run(two, announced(), fetched('update'), {
      type: 'deadline',
    })
    expect(said).toEqual(['fetch', 'accept', 'void'])
    expect(decisions.at(-1)).toEqual({ type: 'void', accepted: 1, needed: 2 })
    expect(state.phase).toBe('void')
  })

  it('lets fetches that began before the deadline end, until the grace is over', () => {
    const late = [announced(), { type: 'deadline' }] as const
    expect(run(PLAN, ...late).state.phase).toBe('draining')
    expect(run(PLAN, ...late, fetched('update')).said).toEqual(['fetch', 'accept', 'aggregate'])
    expect(run(PLAN, ...late, { type: 'grace-over' }).said).toEqual([
      'fetch',
      'refuse LATE',
      'void',
    ])
    expect(run(PLAN, ...late, { type: 'grace-over' }, fetched('update')).said).toEqual([
      'fetch',
      'refuse LATE',
      'void',
    ])
  })

  it('answers an announcement that comes again as before, and keeps what was said first', () => {
    const again = announced({ samples: 1_000_000 })
    expect(run(two, announced(), again).said).toEqual(['fetch'])
    const accepted = run(two, announced(), fetched('update'), again)
    expect(accepted.said).toEqual(['fetch', 'accept', 'accept'])
    expect(acceptedUpdates(accepted.state).map(({ samples }) => samples)).toEqual([2_790])
    const refused = run(two, announced(), fetched('update', 'NOT_FINITE'), again)
    expect(refused.said).toEqual(['fetch', 'refuse NOT_FINITE', 'refuse NOT_FINITE'])
  })

  it('still answers after its end, and changes nothing', () => {
    const end = [announced(), fetched('update'), { type: 'deadline' }] as const
    const { state } = run(PLAN, ...end)
    const after = run(
      PLAN,
      ...end,
      announced(),
      announced(updateB),
      { type: 'deadline' },
      { type: 'grace-over' },
      fetched('update'),
    )
    expect(after.said.slice(3)).toEqual(['accept', 'refuse LATE'])
    expect(after.state).toEqual(state)
  })

  it('tries a blob that could not be fetched again, a bounded number of times', () => {
    const tries = Array.from({ length: MAX_UPDATE_TRIES + 1 }, () => [
      announced(),
      fetched('update', 'UNAVAILABLE'),
    ]).flat()
    const { said, state } = run(
      two,
      announced(updateB),
      fetched('update-b', undefined, B),
      ...tries,
    )
    expect(said.filter((word) => word === 'fetch')).toHaveLength(1 + MAX_UPDATE_TRIES)
    expect(said.at(-1)).toBe('refuse UNAVAILABLE')
    expect(isRoundComplete(state)).toBe(true)
    const other = announced({ update: { cid: cidOf('other'), size: 10 } })
    expect(stepRound(state, other).decisions).toMatchObject([{ code: 'DUPLICATE' }])
  })

  it('T2 gives no receipt in the name of a silo that did not speak', () => {
    const forged: RoundEvent = {
      type: 'announced',
      message: update(),
      sender: STRANGER.peerId,
      now: NOW,
    }
    const { decisions, state } = run(PLAN, forged)
    expect(decisions).toEqual([{ type: 'reject', code: 'NOT_REGISTERED', from: STRANGER.peerId }])
    expect(state.updates.size).toBe(0)
  })

  it('holds nothing against a silo that was let in while the round was open', () => {
    const late: RoundEvent = {
      type: 'announced',
      message: update({ silo: siloName('silo-z') }),
      sender: STRANGER.peerId,
      now: NOW,
    }
    const { decisions, state } = run(two, late)
    expect(decisions).toEqual([])
    expect(state.updates.size).toBe(0)
  })

  it('T2 answers nobody who repeats the update of another silo', () => {
    const copy: RoundEvent = {
      type: 'announced',
      message: update(),
      sender: STRANGER.peerId,
      now: NOW,
    }
    expect(run(two, announced(), fetched('update'), copy).said.at(-1)).toBe('reject NOT_REGISTERED')
  })

  it('continues after a restart with what the journal holds', () => {
    const before = run(two, announced(), fetched('update'))
    const state = openRound({ ...two, term: 2 }, acceptedUpdates(before.state))
    const again = stepRound(state, announced({ term: 2 }))
    expect(again.decisions).toMatchObject([{ type: 'accept', announced: { silo: A } }])
    expect(acceptedUpdates(again.state)).toHaveLength(1)
  })

  it('waits only for those who were drawn, and refuses the others', () => {
    const drawn = { ...PLAN, drawn: new Set([A]) }
    expect(run(drawn, announced(updateB), announced(), fetched('update')).said).toEqual([
      'refuse NOT_DRAWN',
      'fetch',
      'accept',
      'aggregate',
    ])
  })

  it('ends when enough updates came and patience is over, whichever is first', () => {
    const enough = { ...PLAN, targetSilos: 1 }
    const patience: RoundEvent = { type: 'patience-over' }
    expect(run(enough, announced(), fetched('update'), patience).said).toEqual([
      'fetch',
      'accept',
      'aggregate',
    ])
    expect(run(enough, patience, announced(), fetched('update')).said).toEqual([
      'fetch',
      'accept',
      'aggregate',
    ])
    expect(run(PLAN, announced(), fetched('update'), patience).state.phase).toBe('collecting')
    const needs = { ...PLAN, targetSilos: 1, minSilos: 2 }
    expect(run(needs, announced(), fetched('update'), patience).state.phase).toBe('collecting')
  })

  it('lets an update arrive that was announced in time, and tells who comes after that it is late', () => {
    const enough = { ...PLAN, targetSilos: 1 }
    const both = [announced(), announced(updateB), fetched('update')] as const
    const waiting = run(enough, ...both, { type: 'patience-over' })
    expect(waiting.state.phase).toBe('draining')
    const arrived = run(
      enough,
      ...both,
      { type: 'patience-over' },
      fetched('update-b', undefined, B),
    )
    expect(arrived.said.slice(3)).toEqual(['accept', 'aggregate'])
    const over = [announced(), fetched('update'), { type: 'patience-over' }] as const
    expect(run(enough, ...over, announced(updateB)).said.at(-1)).toBe('refuse LATE')
  })

  it('accepts the same updates in whatever order they are announced and fetched', () => {
    const silos = Array.from({ length: 5 }, (_, i) => siloName(`silo-${i}`))
    const plan = {
      ...PLAN,
      minSilos: 5,
      targetSilos: 5,
      members: new Map(silos.map((silo) => [silo, SILO.peerId])),
    }
    const steps = silos.flatMap((silo) => [silo, silo])
    const order = fc.shuffledSubarray(steps, { minLength: steps.length, maxLength: steps.length })
    fc.assert(
      fc.property(order, (names) => {
        let state = openRound(plan)
        const begun = new Set<string>()
        for (const silo of names) {
          const update = { cid: cidOf(silo), size: 10 }
          const message = { ...UPDATE_READY, silo, update }
          const event: RoundEvent = begun.has(silo)
            ? { type: 'fetched', silo, update: update.cid }
            : { type: 'announced', message, sender: SILO.peerId, now: NOW }
          begun.add(silo)
          state = stepRound(state, event).state
        }
        expect(state.phase).toBe('aggregating')
        expect(acceptedUpdates(state).map(({ silo }) => silo)).toEqual(silos)
      }),
    )
  })

  it('accepts each silo at most once and ends at most once, whatever happens in whatever order', () => {
    const blob = fc.constantFrom('update', 'other', 'third')
    const event: fc.Arbitrary<RoundEvent> = fc.oneof(
      fc
        .record({ silo: fc.constantFrom(A, B), blob, now: fc.constantFrom(NOW, PLAN.deadline + 1) })
        .map(({ silo, blob, now }) =>
          announced({ silo, update: { cid: cidOf(blob), size: 10 } }, now),
        ),
      fc
        .record({
          blob,
          silo: fc.constantFrom(A, B),
          code: fc.constantFrom(undefined, 'NOT_FINITE', 'UNAVAILABLE'),
        })
        .map(({ blob, silo, code }) => fetched(blob, code as RefusalCode | undefined, silo)),
      fc.constantFrom<RoundEvent>(
        { type: 'patience-over' },
        { type: 'deadline' },
        { type: 'grace-over' },
      ),
    )
    fc.assert(
      fc.property(
        fc.array(event, { maxLength: 30 }),
        fc.integer({ min: 1, max: 2 }),
        (events, minSilos) => {
          const { decisions, state } = run({ ...PLAN, minSilos }, ...events)
          const ends = decisions.filter(({ type }) => type === 'aggregate' || type === 'void')
          expect(ends.length).toBeLessThanOrEqual(1)
          expect(ends.length).toBe(state.phase === 'aggregating' || state.phase === 'void' ? 1 : 0)
          for (const silo of [A, B]) {
            const blobs = decisions.flatMap((d) =>
              d.type === 'accept' && d.announced.silo === silo ? [d.announced.update.cid] : [],
            )
            expect(new Set(blobs).size).toBeLessThanOrEqual(1)
            const fetches = decisions.filter((d) => d.type === 'fetch' && d.silo === silo)
            expect(fetches.length).toBeLessThanOrEqual(MAX_UPDATE_TRIES)
          }
          const [end] = ends
          if (end?.type === 'aggregate') {
            expect(end.updates.length).toBeGreaterThanOrEqual(minSilos)
            expect(end.updates).toEqual(acceptedUpdates(state))
          }
        },
      ),
      { numRuns: 1_000 },
    )
  })
})
