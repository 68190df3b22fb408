import { setTimeout as sleep } from 'node:timers/promises'
import {
  type AllianceRound,
  type AllianceState,
  ChainError,
  formatAmount,
} from '@fednode/contracts'
import { cidFromDigest, digestOfCid, UserError } from '@fednode/protocol'
import { playRounds, warnOfGas } from '../voting/play-rounds.ts'
import type { AllianceRun } from './alliance-node.ts'
import { isReady } from './is-ready.ts'
import { obtainModel } from './obtain-model.ts'
import { propose } from './propose.ts'
import { lastTold, sayEnds, type Told } from './say-ends.ts'
import { turnOf } from './turn-of.ts'
import { commitVote, revealVote } from './vote.ts'

/** Of a phase, kept for the transaction that ends a duty. */
const MARGIN_SHARE = 0.2
/** Of what is left for a vote, spent on waiting for contributions. */
const FETCH_SHARE = 0.5
/** How long the last model is asked for, in ms. */
const LAST_FETCH_MS = 60_000
/** What somebody else did first, or is too early or too late: the next look at the chain shows where it stands. */
const RACES: readonly string[] = [
  'PHASE_RUNNING',
  'PHASE_OVER',
  'ALLIANCE_IN_PHASE',
  'ALLIANCE_FINISHED',
  'ALREADY_CONTRIBUTED',
  'ALREADY_COMMITTED',
  'ALREADY_REVEALED',
  'TOO_FEW_PARTICIPANTS',
  // A node that answers while it takes in a block may say both.
  'SEED_UNKNOWN',
]

/** Where a node stands. */
type Course = {
  said?: string
  seen?: { readonly key: string; readonly at: number }
  readonly told: Told
  drawn: number
  /** Round before which old models were dropped. */
  swept: number
  /** Round in which stake and gas were looked at last. */
  checked: number
}

/**
 * Plays round after round until the alliance is over or the signal fires.
 * @throws {UserError} refused: STAKE_GONE, LEFT_ALLIANCE.
 */
export async function playAlliance(run: AllianceRun): Promise<void> {
  const { deps, options, signal } = run
  const first = await untilAnswered(run, () => deps.chain.state())
  const course: Course = {
    told: lastTold(deps.journal, first),
    ...{ swept: first.round, drawn: 0, checked: 0 },
  }
  const { onEvent, logger } = deps
  const { pollMs } = options
  const look = (): Promise<boolean> => step(run, course)
  return playRounds({ look, pollMs, signal, races: RACES, course, onEvent, logger })
}

/** One look at the chain, and what it asks for. @returns whether the alliance is over. */
async function step(run: AllianceRun, course: Course): Promise<boolean> {
  const { chain } = run.deps
  const state = await chain.state()
  await sayEnds(run, course.told, state)
  await dropOldModels(run, course, state)
  if (state.phase === 'finished') {
    await finish(run, state)
    return true
  }
  await checkStanding(run, course, state)
  const isOpen = state.phase !== 'idle' && state.phase !== 'drawing'
  const round = isOpen ? await chain.round(state.round) : undefined
  const time = await chain.time()
  if (round === undefined) sayWaiting(run, course, state)
  else if (await doDuty(run, course, { state, round, time })) return false
  await takeOn(run, course, { state, round, time })
  return false
}

type Sight = {
  readonly state: AllianceState
  readonly round: AllianceRound | undefined
  readonly time: number
}

/** Does what this account was drawn for, if it was and has not. */
async function doDuty(
  run: AllianceRun,
  course: Course,
  { state, round, time }: Sight & { readonly round: AllianceRound },
): Promise<boolean> {
  sayRole(run, course, { state, round })
  openFor(run, { state, round })
  const leftMs = Math.max(0, state.until - time) * 1000
  const dutyMs = Math.round(leftMs * (1 - MARGIN_SHARE))
  if (leftMs === 0) return false
  const before = (ms: number): AbortSignal => AbortSignal.any([run.signal, AbortSignal.timeout(ms)])
  switch (state.phase) {
    case 'contributing':
      return propose(run, { state, round }, before(dutyMs))
    case 'committing': {
      const fetching = before(Math.round(dutyMs * FETCH_SHARE))
      return commitVote(run, { state, round }, { signal: before(dutyMs), fetching })
    }
    case 'revealing':
      return revealVote(run, { state, round })
    default:
      return false
  }
}

/** Takes the alliance to its next phase, when it is ready and nobody whose turn came before did. */
async function takeOn(run: AllianceRun, course: Course, sight: Sight): Promise<void> {
  const { deps, options } = run
  const { state } = sight
  const isDrawable = state.phase === 'drawing' && (await deps.chain.isDrawable(state.beaconRound))
  if (!isReady({ ...sight, isDrawable })) return
  const key = `${state.round} ${state.phase}`
  if (course.seen?.key !== key) course.seen = { key, at: deps.elapsed() }
  const waitMs = options.turnMs * turnOf(state, deps.chain.account)
  if (deps.elapsed() < course.seen.at + waitMs) return
  const phase = await deps.chain.advance()
  deps.onEvent({ type: 'advanced', round: state.round, phase })
}

/** Contributions are given to the round's voters as soon as no other can be made. */
function openFor(
  { deps, served }: AllianceRun,
  { state, round }: { readonly state: AllianceState; readonly round: AllianceRound },
): void {
  if (state.phase !== 'committing' && state.phase !== 'revealing') return
  served.contributions = new Set(
    round.proposers.flatMap(({ contribution }) =>
      contribution === undefined ? [] : [cidFromDigest(contribution, 'dag-cbor')],
    ),
  )
  served.voters = new Set(round.voters.flatMap(({ account }) => deps.peers.peerOf(account) ?? []))
}

/** Looks once a round whether stake and gas suffice, and always whether this account still takes part. */
async function checkStanding(
  { deps }: AllianceRun,
  course: Course,
  { participants, round, task, terms }: AllianceState,
): Promise<void> {
  const takesPart = participants.includes(deps.chain.account)
  if (takesPart && course.checked === round) return
  const { stake, balance } = await deps.chain.means(task)
  if (!takesPart) throw stake < terms.minStake ? stakeGone(stake, terms.minStake) : left()
  course.checked = round
  if (stake < terms.minStake) {
    deps.onEvent({ type: 'stake-low', stake: String(stake), least: String(terms.minStake) })
  }
  warnOfGas(balance, deps.onEvent)
}

/** Drops, once a round, the models of rounds before. */
async function dropOldModels(
  { deps, served }: AllianceRun,
  course: Course,
  { round, model }: AllianceState,
): Promise<void> {
  if (course.swept === round) return
  for (const cid of deps.journal.models()) {
    if (digestOfCid(cid) === model) continue
    served.models.delete(cid)
    deps.journal.forgetModel(cid)
    await deps.blobs.remove(cid)
  }
  course.swept = round
}

function sayRole(
  { deps }: AllianceRun,
  course: Course,
  { state, round }: { readonly state: AllianceState; readonly round: AllianceRound },
): void {
  if (course.drawn === state.round) return
  course.drawn = state.round
  delete course.said
  const isOwn = ({ account }: { readonly account: string }) => account === deps.chain.account
  const seated = round.voters.some(isOwn) ? 'voter' : 'none'
  const role = round.proposers.some(isOwn) ? 'proposer' : seated
  deps.onEvent({ type: 'drawn', round: state.round, role })
}

function sayWaiting({ deps }: AllianceRun, course: Course, state: AllianceState): void {
  const few = state.participants.length < state.terms.minParticipants
  const idle = few ? 'participants' : 'round'
  const what = state.phase === 'drawing' ? 'beacon' : idle
  if (course.said === what) return
  course.said = what
  deps.onEvent({ type: 'waiting', for: what })
}

/** Takes what was earned and the last model, and stays a while for those who have not got it yet. */
async function finish(run: AllianceRun, { round, model }: AllianceState): Promise<void> {
  const { deps, options, signal } = run
  try {
    const amount = await deps.chain.claim()
    if (amount > 0n) deps.onEvent({ type: 'claimed', amount: String(amount) })
  } catch (error) {
    if (!(error instanceof ChainError)) throw error
    deps.onEvent({ type: 'trouble', code: error.code, reason: error.message })
  }
  try {
    const inTime = AbortSignal.any([signal, AbortSignal.timeout(LAST_FETCH_MS)])
    const { bytes } = await obtainModel(run, { round: round + 1, digest: model }, inTime)
    deps.onEvent({ type: 'finished', model: await deps.saveModel(bytes) })
  } catch (error) {
    if (signal.aborted) return
    deps.logger.warn({ reason: String(error) }, 'the trained model could not be fetched')
    deps.onEvent({ type: 'finished' })
  }
  await sleep(options.lingerMs, undefined, { signal }).catch(() => {})
}

async function untilAnswered<T>(run: AllianceRun, read: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await read()
    } catch (error) {
      if (!(error instanceof ChainError) || error.code !== 'RPC_FAILED') throw error
      run.deps.onEvent({ type: 'waiting', for: 'chain' })
      await sleep(run.options.pollMs, undefined, { signal: run.signal })
    }
  }
}

function stakeGone(stake: bigint, least: bigint): UserError {
  return new UserError(
    'refused',
    `this node's stake in the alliance is ${formatAmount(stake)} FDN, below its least of ${formatAmount(least)}: it was let go`,
    {
      code: 'STAKE_GONE',
      hint: 'fednode stake status  shows what was taken, and why. Stake again to take part again.',
    },
  )
}

function left(): UserError {
  return new UserError('refused', 'this account takes no part in the alliance any more', {
    code: 'LEFT_ALLIANCE',
    hint: 'It has resigned. To take part again:  fednode join --role alliance',
  })
}
