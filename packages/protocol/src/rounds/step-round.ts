import type { Cid, PeerIdText, SiloName } from '../ids.ts'
import type { BlobRef, RefusalCode } from '../messages/types.ts'
import { type Announcement, checkUpdateReady } from './check-update-ready.ts'
import {
  type AnnouncedUpdate,
  acceptedUpdates,
  hasTarget,
  isRoundComplete,
  MAX_UPDATE_TRIES,
  mayAggregate,
  type RoundState,
  type UpdateEntry,
} from './round.ts'

/** What happens to a round at the aggregator. */
export type RoundEvent =
  | ({ readonly type: 'announced' } & Announcement)
  /** A fetch ended; without `code` the content passed checkUpdateContent. */
  | {
      readonly type: 'fetched'
      readonly silo: SiloName
      readonly update: Cid
      readonly code?: RefusalCode
    }
  /** Updates had the time that they usually take, see patienceFor. */
  | { readonly type: 'patience-over' }
  /** The clock passed plan.deadline. */
  | { readonly type: 'deadline' }
  /** The time for fetches after the last announcement that counts is over. */
  | { readonly type: 'grace-over' }

/** What the aggregator does next, in this order. */
export type RoundDecision =
  | {
      readonly type: 'fetch'
      readonly silo: SiloName
      readonly update: BlobRef
      readonly from: PeerIdText
    }
  /** To be journaled, then sent as a Receipt. */
  | { readonly type: 'accept'; readonly announced: AnnouncedUpdate }
  /** To be sent as a Receipt; `from` is scored down when isPeerFault(code). */
  | {
      readonly type: 'refuse'
      readonly silo: SiloName
      readonly update: Cid
      readonly code: RefusalCode
      readonly from: PeerIdText
    }
  /** Somebody who does not speak for the silo it names: no receipt. */
  | { readonly type: 'reject'; readonly code: RefusalCode; readonly from: PeerIdText }
  | { readonly type: 'aggregate'; readonly updates: readonly AnnouncedUpdate[] }
  | { readonly type: 'void'; readonly accepted: number; readonly needed: number }

/** The new state and what to do; the same inputs give the same outputs. */
export type RoundStep = { readonly state: RoundState; readonly decisions: readonly RoundDecision[] }

/** The round rules as a pure reducer: one update per silo, accepted once, and one end of the round. */
export function stepRound(state: RoundState, event: RoundEvent): RoundStep {
  if (state.phase === 'aggregating' || state.phase === 'void') return stepClosed(state, event)
  if (event.type === 'announced') return stepAnnounced(state, event)
  if (event.type === 'fetched') return stepFetched(state, event)
  if (event.type === 'patience-over') {
    return settle({ state: { ...state, isPatienceOver: true }, decisions: [] })
  }
  if (event.type === 'deadline') {
    return settle({ state: { ...state, phase: 'draining' }, decisions: [] })
  }
  return stepGraceOver(state)
}

/** After the end, whoever announces again is told again what became of its update; nothing changes. */
function stepClosed(state: RoundState, event: RoundEvent): RoundStep {
  return event.type === 'announced' ? stepAnnounced(state, event) : { state, decisions: [] }
}

function stepAnnounced(state: RoundState, announcement: Announcement): RoundStep {
  const { message, sender } = announcement
  // Let in while this round was open, and told of it: that it answers is no fault, and its first round is the next.
  if (isNewcomer(state, announcement)) return { state, decisions: [] }
  const again = answerAgain(state, announcement)
  if (again !== undefined) return { state, decisions: again }
  const taken = checkUpdateReady(state, announcement)
  const { silo, update } = message
  if (!taken.ok) {
    const { code } = taken
    return {
      state,
      decisions:
        code === 'NOT_REGISTERED'
          ? [{ type: 'reject', code, from: sender }]
          : [{ type: 'refuse', silo, update: update.cid, code, from: sender }],
    }
  }
  const { samples, trainMs, lossMicros } = message
  const tries = (state.updates.get(silo)?.tries ?? 0) + 1
  const announced = { silo, update, samples, trainMs, lossMicros }
  return {
    state: withUpdate(state, { state: 'fetching', announced, tries }),
    decisions: [{ type: 'fetch', silo, update, from: sender }],
  }
}

function isNewcomer({ plan }: RoundState, { message, sender }: Announcement): boolean {
  return !plan.members.has(message.silo) && ![...plan.members.values()].includes(sender)
}

/** The answer to an announcement of an update that is known already: what was first said of it stands. */
function answerAgain(
  { plan, updates }: RoundState,
  { message, sender }: Announcement,
): RoundDecision[] | undefined {
  const known = updates.get(message.silo)
  if (known?.announced.update.cid !== message.update.cid) return undefined
  if (message.round !== plan.round || plan.members.get(message.silo) !== sender) return undefined
  if (known.state !== 'refused') {
    return known.state === 'fetching' ? [] : [{ type: 'accept', announced: known.announced }]
  }
  if (known.code === 'UNAVAILABLE' && known.tries < MAX_UPDATE_TRIES) return undefined
  const { code } = known
  return [{ type: 'refuse', silo: message.silo, update: message.update.cid, code, from: sender }]
}

function stepFetched(
  state: RoundState,
  { silo, update, code }: Extract<RoundEvent, { type: 'fetched' }>,
): RoundStep {
  const known = state.updates.get(silo)
  const from = state.plan.members.get(silo)
  if (known?.state !== 'fetching' || known.announced.update.cid !== update || from === undefined) {
    return { state, decisions: [] }
  }
  const { announced, tries } = known
  if (code === undefined) {
    const accepted = withUpdate(state, { state: 'accepted', announced, tries })
    return settle({ state: accepted, decisions: [{ type: 'accept', announced }] })
  }
  const refused = withUpdate(state, { state: 'refused', announced, tries, code })
  return settle({ state: refused, decisions: [{ type: 'refuse', silo, update, code, from }] })
}

/** What is still being fetched comes too late. */
function stepGraceOver(state: RoundState): RoundStep {
  if (state.phase !== 'draining') return { state, decisions: [] }
  let step: RoundStep = { state, decisions: [] }
  for (const { state: status, announced } of state.updates.values()) {
    if (status !== 'fetching') continue
    const { silo, update } = announced
    const next = stepFetched(step.state, {
      type: 'fetched',
      silo,
      update: update.cid,
      code: 'LATE',
    })
    step = { state: next.state, decisions: [...step.decisions, ...next.decisions] }
  }
  return step
}

/** Closes the round when nothing more can come: complete with enough updates, or no longer collecting and no fetch running. */
function settle({ state: before, decisions }: RoundStep): RoundStep {
  const isEnough = before.isPatienceOver && hasTarget(before)
  const state: RoundState = isEnough ? { ...before, phase: 'draining' } : before
  const isFetching = [...state.updates.values()].some((entry) => entry.state === 'fetching')
  const isOver =
    state.phase === 'draining' ? !isFetching : isRoundComplete(state) && mayAggregate(state)
  if (!isOver) return { state, decisions }
  const updates = acceptedUpdates(state)
  if (mayAggregate(state)) {
    return {
      state: { ...state, phase: 'aggregating' },
      decisions: [...decisions, { type: 'aggregate', updates }],
    }
  }
  const end = { type: 'void', accepted: updates.length, needed: state.plan.minSilos } as const
  return { state: { ...state, phase: 'void' }, decisions: [...decisions, end] }
}

function withUpdate(state: RoundState, entry: UpdateEntry): RoundState {
  return { ...state, updates: new Map(state.updates).set(entry.announced.silo, entry) }
}
