import {
  type Cid,
  encodeSignedMessage,
  isPeerFault,
  isRoundComplete,
  mayAggregate,
  type PeerIdText,
  type RoundDecision,
  type RoundEvent,
  type RoundPlan,
  type RoundState,
  type SignedMessage,
  type SiloName,
  signMessage,
  stepRound,
  type UpdateReady,
  type Weights,
} from '@fednode/protocol'
import type { JournaledUpdate } from '../journal/updates.ts'
import { createAnswers } from './answers.ts'
import { createArrivalWatch } from './arrival-watch.ts'
import { createBelatedAnswers } from './belated-answers.ts'
import type { Run } from './coordinator.ts'
import { type FetchDecision, fetchUpdate } from './fetch-update.ts'
import { isKnownUpdate } from './is-known-update.ts'
import { createLimiter } from './limiter.ts'
import { createRoundClock } from './round-clock.ts'
import { receiptOf } from './statements.ts'

/**
 * Updates that are read whole and checked at the same time; fewer when they are large, so that memory stays bounded. How many are on their
 * way is not limited: a transfer holds little, and slow ones must not keep the others waiting (T7).
 */
const PARALLEL_CHECKS = { jobs: 4, bytes: 268_435_456 }
/** Refusals of one silo that are journaled and answered in one round; further ones are dropped (T6). */
const MAX_REFUSALS = 16

/** A round while updates come in, and afterwards for those who ask again. */
export type CollectedRound = {
  /** A silo's announcement that passed the gossip's checks. */
  announce(signed: SignedMessage<UpdateReady>): void
  /** Ends the round at once when the journal already held everybody's update. */
  resume(): void
  /** Updates had the time that they usually take. */
  patienceOver(): void
  /** The clock passed the deadline. */
  deadline(): void
  /** What is still on its way comes too late. */
  graceOver(): void
  /** No announcement counts any more; what is on its way may still come. */
  readonly draining: Promise<void>
  /** How the round ended: with enough updates, or void. */
  readonly ended: Promise<'aggregate' | 'void'>
}

/** Runs the rules of one round (stepRound) on what arrives, and does what they decide. */
export function collectUpdates(run: Run, initial: RoundState, base: Weights): CollectedRound {
  const { promise: ended, resolve } = Promise.withResolvers<'aggregate' | 'void'>()
  const { promise: draining, resolve: drain } = Promise.withResolvers<void>()
  const clock = createRoundClock(run.deps)
  const { journal } = run.deps
  const noteArrival = createArrivalWatch(initial.plan, { journal, clock, host: run.host })
  const limit = createLimiter(PARALLEL_CHECKS)
  const signal = untilEnded(run.signal, ended)
  const answer = createAnswers(run)
  const answerBelated = createBelatedAnswers(run, answer)
  const { round } = initial.plan
  const refusals = new Map<PeerIdText, number>()
  let state = initial

  function handle(event: RoundEvent): readonly FetchDecision[] {
    const step = stepRound(state, event)
    state = step.state
    if (state.phase !== 'collecting') drain()
    for (const decision of step.decisions) decide(decision)
    return step.decisions.filter((decision) => decision.type === 'fetch')
  }

  function decide(decision: RoundDecision): void {
    if (decision.type === 'accept') {
      answer({ round, silo: decision.announced.silo, update: decision.announced.update.cid })
    } else if (decision.type === 'refuse') {
      const count = (refusals.get(decision.from) ?? 0) + 1
      if (count > MAX_REFUSALS) return
      if (refuse(run, round, decision)) refusals.set(decision.from, count)
      answer({ round, silo: decision.silo, update: decision.update, code: decision.code })
    } else if (decision.type === 'reject') {
      run.host.penalize(decision.from, decision.code)
    } else if (decision.type !== 'fetch') {
      resolve(decision.type)
    }
  }

  async function fetchAndSettle(
    decision: FetchDecision,
    signed: SignedMessage<UpdateReady>,
  ): Promise<void> {
    const { silo, update } = decision
    const { fetchMs, code: fault } = await fetchUpdate(run, decision, { base, limit, signal })
    if (run.signal.aborted) return
    const code = fault ?? (isKnownUpdate(run, state, decision) ? 'KNOWN_UPDATE' : undefined)
    if (code !== undefined) {
      handle({ type: 'fetched', silo, update: update.cid, code })
      return
    }
    // Journaled before the rules hear of it, and so before anybody else does.
    if (isFetching(state, silo, update.cid)) accept(run, state.plan, { signed, fetchMs })
    handle({ type: 'fetched', silo, update: update.cid })
  }

  function take(signed: SignedMessage<UpdateReady>): void {
    const { message, sender } = signed
    if (message.round < round) {
      answerBelated(signed)
      return
    }
    noteArrival(signed)
    const fetches = handle({ type: 'announced', message, sender, now: clock.now() })
    for (const decision of fetches) void fetchAndSettle(decision, signed).catch(run.fail)
  }

  return {
    announce(signed) {
      try {
        take(signed)
      } catch (error) {
        // A journal that cannot be written ends the run; whoever brought the message is not at fault.
        run.fail(error)
      }
    },
    resume() {
      if (isRoundComplete(state) && mayAggregate(state)) handle({ type: 'deadline' })
    },
    patienceOver: () => void handle({ type: 'patience-over' }),
    deadline: () => void handle({ type: 'deadline' }),
    graceOver: () => void handle({ type: 'grace-over' }),
    draining,
    ended,
  }
}

/** Fires when the run is to stop, or the round has ended: what is still being fetched then is of no use. */
function untilEnded(stopped: AbortSignal, ended: Promise<unknown>): AbortSignal {
  const over = new AbortController()
  void ended.then(() => over.abort())
  return AbortSignal.any([stopped, over.signal])
}

type RefuseDecision = Extract<RoundDecision, { type: 'refuse' }>

function isFetching({ phase, updates }: RoundState, silo: SiloName, update: Cid): boolean {
  const known = updates.get(silo)
  const isOpen = phase === 'collecting' || phase === 'draining'
  return isOpen && known?.state === 'fetching' && known.announced.update.cid === update
}

function accept(
  run: Run,
  plan: RoundPlan,
  update: { readonly signed: SignedMessage<UpdateReady>; readonly fetchMs: number },
): void {
  const { signed, fetchMs } = update
  const { silo, update: ref, samples, trainMs, lossMicros } = signed.message
  const { journal, peerKey, onEvent } = run.deps
  const receipt = signMessage(receiptOf(run, { round: plan.round, silo, update: ref.cid }), peerKey)
  const accepted: JournaledUpdate = {
    ...{ silo, update: ref, samples, trainMs, lossMicros, fetchMs },
    announcement: encodeSignedMessage(signed),
    receipt: encodeSignedMessage(receipt),
  }
  journal.acceptUpdate(plan.round, accepted)
  const received = journal.updates(plan.round).length
  onEvent({ type: 'update', round: plan.round, silo, received, expected: plan.members.size })
}

/** A new refusal is journaled, told, and held against the peer if it is its fault; the same again only gets its answer. */
function refuse(run: Run, round: number, decision: RefuseDecision): boolean {
  const { from, silo, update, code } = decision
  const { journal, onEvent } = run.deps
  if (!journal.refuse(round, { peer: from, update, code })) return false
  if (isPeerFault(code)) run.host.penalize(from, code)
  onEvent({ type: 'refused', round, silo, code })
  return true
}
