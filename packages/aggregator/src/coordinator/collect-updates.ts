import {
  BlobError,
  type Cid,
  checkUpdateContent,
  encodeSignedMessage,
  isPeerFault,
  isRoundComplete,
  mayAggregate,
  type RefusalCode,
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
import type { Run } from './coordinator.ts'
import { createLimiter } from './limiter.ts'
import { say } from './publish.ts'
import { receiptOf } from './statements.ts'

/** Updates that are fetched at the same time. */
const PARALLEL_FETCHES = 4
/** A silo that asks again is answered again, but not faster than this, in ms. */
const ANSWER_INTERVAL_MS = 500

/** A round while updates come in, and afterwards for those who ask again. */
export type CollectedRound = {
  /** A silo's announcement that passed the gossip's checks. */
  announce(signed: SignedMessage<UpdateReady>): void
  /** Ends the round at once when the journal already held everybody's update. */
  resume(): void
  /** The clock passed the deadline. */
  deadline(): void
  /** What is still on its way comes too late. */
  graceOver(): void
  /** How the round ended: with enough updates, or void. */
  readonly ended: Promise<'aggregate' | 'void'>
}

/** Runs the rules of one round (stepRound) on what arrives, and does what they decide. */
export function collectUpdates(run: Run, initial: RoundState, base: Weights): CollectedRound {
  const { promise: ended, resolve } = Promise.withResolvers<'aggregate' | 'void'>()
  const limit = createLimiter(PARALLEL_FETCHES)
  const answer = createAnswers(run)
  const { round } = initial.plan
  let state = initial

  function handle(event: RoundEvent): readonly FetchDecision[] {
    const step = stepRound(state, event)
    state = step.state
    for (const decision of step.decisions) decide(decision)
    return step.decisions.filter((decision) => decision.type === 'fetch')
  }

  function decide(decision: RoundDecision): void {
    if (decision.type === 'accept') {
      answer({ round, silo: decision.announced.silo, update: decision.announced.update.cid })
    } else if (decision.type === 'refuse') {
      refuse(run, round, decision)
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
    const { fetchMs, code } = await limit(() => fetchUpdate(run, decision, base))
    if (run.signal.aborted) return
    if (code !== undefined) {
      handle({ type: 'fetched', silo, update: update.cid, code })
      return
    }
    // Journaled before the rules hear of it, and so before anybody else does.
    if (isFetching(state, silo, update.cid)) accept(run, state.plan, { signed, fetchMs })
    handle({ type: 'fetched', silo, update: update.cid })
  }

  return {
    announce(signed) {
      const { message, sender } = signed
      const fetches = handle({ type: 'announced', message, sender, now: run.deps.now() })
      for (const decision of fetches) void fetchAndSettle(decision, signed).catch(run.fail)
    },
    resume() {
      if (isRoundComplete(state) && mayAggregate(state)) handle({ type: 'deadline' })
    },
    deadline: () => void handle({ type: 'deadline' }),
    graceOver: () => void handle({ type: 'grace-over' }),
    ended,
  }
}

type FetchDecision = Extract<RoundDecision, { type: 'fetch' }>
type RefuseDecision = Extract<RoundDecision, { type: 'refuse' }>
/** `code` only when the update is not taken. */
type FetchResult = { readonly fetchMs: number; readonly code?: RefusalCode }

async function fetchUpdate(
  { host, deps, options, signal }: Run,
  { update, from, silo }: FetchDecision,
  base: Weights,
): Promise<FetchResult> {
  const startedAt = deps.elapsed()
  try {
    const bytes = await host.fetchBlob(update, { peers: [from], signal })
    const fetchMs = Math.round(deps.elapsed() - startedAt)
    const checked = checkUpdateContent(bytes, { base, maxNorm: options.manifest.limits.updateNorm })
    if (checked.ok) return { fetchMs }
    deps.logger.warn({ silo, code: checked.code, tensor: checked.tensor }, 'an update is refused')
    return { fetchMs, code: checked.code }
  } catch (error) {
    if (!(error instanceof BlobError)) throw error
    return { fetchMs: 0, code: refusalFor(error) }
  }
}

/** A provider that sends other bytes than it announced is at fault; one that is gone is not. */
function refusalFor({ info }: BlobError): RefusalCode {
  if (info.code === 'BLOB_TOO_LARGE') return 'TOO_LARGE'
  if (info.code !== 'BLOB_UNAVAILABLE') return 'UNAVAILABLE'
  const lies = ['BLOB_BAD_CHUNK', 'BLOB_BAD_DESCRIPTOR', 'BLOB_BAD_REFERENCE']
  return Object.values(info.reasons).some((code) => lies.includes(code))
    ? 'BAD_CONTENT'
    : 'UNAVAILABLE'
}

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
function refuse(run: Run, round: number, { from, silo, update, code }: RefuseDecision): void {
  const { journal, onEvent } = run.deps
  if (!journal.refuse(round, { peer: from, update, code })) return
  if (isPeerFault(code)) run.host.penalize(from, code)
  onEvent({ type: 'refused', round, silo, code })
}

type Answer = Parameters<typeof receiptOf>[1]

function createAnswers(run: Run): (answer: Answer) => void {
  const answeredAt = new Map<string, number>()
  return (answer) => {
    const key = `${answer.silo} ${answer.update}`
    const now = run.deps.elapsed()
    if (now - (answeredAt.get(key) ?? Number.NEGATIVE_INFINITY) < ANSWER_INTERVAL_MS) return
    answeredAt.set(key, now)
    say(run, receiptOf(run, answer))
  }
}
