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
} from '@fednode/protocol'
import type { JournaledUpdate } from '../journal/updates.ts'
import { createAnswers } from './answers.ts'
import { createBelatedAnswers } from './belated-answers.ts'
import type { Run } from './coordinator.ts'
import { type FetchDecision, fetchUpdate } from './fetch-update.ts'
import { createLimiter } from './limiter.ts'
import type { RoundClock } from './round-clock.ts'
import { receiptOf } from './statements.ts'
import type { Intake } from './update-intake.ts'

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
export function collectUpdates(
  run: Run,
  initial: RoundState,
  { clock, intake }: { readonly clock: RoundClock; readonly intake: Intake },
): CollectedRound {
  const { promise: ended, resolve } = Promise.withResolvers<'aggregate' | 'void'>()
  const { promise: draining, resolve: drain } = Promise.withResolvers<void>()
  const limit = createLimiter(PARALLEL_CHECKS)
  const fetching = { check: intake.check, limit, signal: untilEnded(run.signal, ended) }
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
    const { fetchMs, code: fault } = await fetchUpdate(run, decision, fetching)
    if (run.signal.aborted) return
    const code = fault ?? intake.refusalOf(state, decision)
    if (code !== undefined) {
      handle({ type: 'fetched', silo, update: update.cid, code })
      return
    }
    // Journaled before the rules hear of it, and so before anybody else does.
    if (isFetching(state, silo, update.cid)) {
      intake.keep(acceptedOf(run, state.plan, { signed, fetchMs }))
    }
    handle({ type: 'fetched', silo, update: update.cid })
  }

  function take(signed: SignedMessage<UpdateReady>): void {
    const { message, sender } = signed
    if (message.round < round) {
      answerBelated(signed)
      return
    }
    intake.noteArrival(signed)
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

/** An update with both signed envelopes. */
function acceptedOf(
  run: Run,
  plan: RoundPlan,
  update: { readonly signed: SignedMessage<UpdateReady>; readonly fetchMs: number },
): JournaledUpdate {
  const { signed, fetchMs } = update
  const { silo, update: ref, samples, trainMs, lossMicros } = signed.message
  const answer = receiptOf(run, { round: plan.round, silo, update: ref.cid })
  const receipt = signMessage(answer, run.deps.peerKey)
  return {
    ...{ silo, update: ref, samples, trainMs, lossMicros, fetchMs },
    announcement: encodeSignedMessage(signed),
    receipt: encodeSignedMessage(receipt),
  }
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
