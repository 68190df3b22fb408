import { formatAmount, type Task, type TaskSeat } from '@fednode/contracts'
import { cidFromDigest, UserError } from '@fednode/protocol'
import { turnOf } from '../alliance/turn-of.ts'
import { playRounds, warnOfGas } from '../voting/play-rounds.ts'
import type { ArenaRun } from './arena-member.ts'
import { nextStep } from './next-step.ts'
import { sayEnds } from './say-ends.ts'
import { submitTrained } from './train-model.ts'
import { commitVote, revealVote } from './vote-scores.ts'

/** Of a phase, kept for the transaction that ends a duty. */
const MARGIN_SHARE = 0.2
/** Of what is left for a vote, spent on waiting for models. */
const FETCH_SHARE = 0.5
/** What somebody else did first, or is too early or too late: the next look at the chain shows where it stands. */
const RACES: readonly string[] = [
  'TASK_PHASE_RUNNING',
  'TASK_PHASE_OVER',
  'WRONG_TASK_PHASE',
  'ALREADY_COMMITTED',
  'ALREADY_REVEALED',
  'ALREADY_RELEASED',
  'NOTHING_DUE',
  'NOTHING_TO_TALLY',
  'BEACON_KNOWN',
  'SEED_UNKNOWN',
]

/** Where a member stands. */
export type Course = {
  said?: string
  seen?: { readonly key: string; readonly at: number }
  /** The last round whose end was said. */
  ended: number
  /** Round in which gas was looked at last. */
  checked: number
  drawn: number
}

/**
 * Plays round after round until the task has finished or the signal fires.
 * @throws {UserError} refused: STAKE_GONE.
 */
export async function playArena(run: ArenaRun): Promise<void> {
  const { deps, options, signal } = run
  const course: Course = { ended: -1, drawn: 0, checked: 0 }
  const { onEvent, logger } = deps
  const { pollMs } = options
  return playRounds({
    look: () => look(run, course),
    pollMs,
    signal,
    races: RACES,
    course,
    onEvent,
    logger,
  })
}

/** One look at the chain, and what it asks for. @returns whether the task is over. */
async function look(run: ArenaRun, course: Course): Promise<boolean> {
  const { chain } = run.deps
  const task = await chain.task()
  if (course.ended < 0) course.ended = task.round - 1
  await sayEnds(run, course, task)
  if (task.phase === 'finished') {
    await finish(run)
    return true
  }
  await checkStanding(run, course, task)
  await openFor(run, task)
  const time = await chain.time()
  if (await doDuty(run, course, { task, time })) return false
  await takeOn(run, course, { task, time })
  return false
}

type Sight = { readonly task: Task; readonly time: number }

/** Does what this account has to do now. @returns whether it did something. */
function doDuty(run: ArenaRun, course: Course, sight: Sight): Promise<boolean> {
  return run.options.role === 'node' ? train(run, sight) : vote(run, course, sight)
}

async function train(run: ArenaRun, { task, time }: Sight): Promise<boolean> {
  const leftMs = (task.deadline - time) * 1000
  if (task.phase !== 'submitting' || leftMs <= 0) return false
  return submitTrained(run, task, before(run, leftMs * (1 - MARGIN_SHARE)))
}

async function vote(run: ArenaRun, course: Course, { task, time }: Sight): Promise<boolean> {
  const { chain } = run.deps
  if (task.phase !== 'voting') return false
  const seat = await chain.seat(task.round, chain.account)
  if (seat === undefined) return false
  sayDrawn(run, course, { task, seat })
  if (seat.models.length === 0) return false
  const leftMs = (task.deadline - time) * 1000
  if (!seat.committed && leftMs > 0) {
    const dutyMs = leftMs * (1 - MARGIN_SHARE)
    const fetching = before(run, dutyMs * FETCH_SHARE)
    await commitVote(run, { task, seat }, { signal: before(run, dutyMs), fetching })
    return true
  }
  const isRevealing = leftMs <= 0 && time < task.deadline + task.terms.revealSeconds
  if (!seat.committed || seat.revealed || !isRevealing) return false
  return revealVote(run, { task, seat })
}

function before({ signal }: ArenaRun, ms: number): AbortSignal {
  return AbortSignal.any([signal, AbortSignal.timeout(Math.max(1, Math.round(ms)))])
}

/** A round's models are given to validators as soon as no other can be submitted for it; those of the round before are dropped. */
async function openFor({ deps, served }: ArenaRun, { phase, entries }: Task): Promise<void> {
  if (phase !== 'drawing' && phase !== 'voting') return
  const before = served.models
  served.models = new Set(entries.map(({ model }) => cidFromDigest(model, 'dag-cbor')))
  // What was trained last is trained on.
  const own = deps.journal.lastModel()?.cid
  for (const cid of before) {
    if (!served.models.has(cid) && cid !== own) await deps.blobs.remove(cid)
  }
}

/** Takes the task on, when it is due and nobody whose turn came before did. */
async function takeOn(run: ArenaRun, course: Course, { task, time }: Sight): Promise<void> {
  const { deps, options } = run
  const { chain, onEvent } = deps
  const { round, phase, nodes, validators, beaconRound } = task
  const isDrawable = phase === 'drawing' && (await chain.isDrawable(beaconRound))
  const seats = phase === 'voting' && time >= task.deadline ? await seatsOf(run, task) : []
  const step = nextStep({ task, time, isDrawable, seats })
  if (step === undefined) return sayWaiting(run, course, task)
  const key = `${round} ${step}`
  if (course.seen?.key !== key) course.seen = { key, at: deps.elapsed() }
  const turn = turnOf({ participants: [...nodes, ...validators], round }, chain.account)
  if (deps.elapsed() < course.seen.at + options.turnMs * turn) return
  await chain.take(step)
  onEvent({ type: 'advanced', round, step })
  if (step !== 'count') return
  // Nodes too: whoever scores at random costs them, and a part of what it loses is theirs.
  for (let seat = 0; seat < validators.length; seat += 1) {
    if (await chain.punish(round, seat)) onEvent({ type: 'punished', round, seat })
  }
}

async function seatsOf(
  { deps }: ArenaRun,
  { round, validators }: Task,
): Promise<readonly TaskSeat[]> {
  const found = await Promise.all(validators.map((one) => deps.chain.seat(round, one)))
  return found.filter((seat) => seat !== undefined)
}

/** Between rounds: within one a validator still has its vote to reveal. */
async function checkStanding(run: ArenaRun, course: Course, { phase, round }: Task): Promise<void> {
  const { deps, options } = run
  if (phase !== 'submitting') return
  const { stake, balance } = await deps.chain.means()
  if (stake < options.leastStake) throw stakeGone(stake, options.leastStake)
  if (course.checked === round) return
  course.checked = round
  warnOfGas(balance, deps.onEvent)
}

async function finish({ deps }: ArenaRun): Promise<void> {
  const { chain, onEvent } = deps
  if (!(await chain.member()).released) await chain.release()
  const amount = await chain.claim()
  if (amount > 0n) onEvent({ type: 'claimed', amount: String(amount) })
  const { earned, waiting } = await chain.earned()
  onEvent({ type: 'finished', earned: String(earned), waiting: String(waiting) })
}

function sayDrawn(
  { deps }: ArenaRun,
  course: Course,
  { task: { round }, seat: { models } }: { readonly task: Task; readonly seat: TaskSeat },
): void {
  if (course.drawn === round) return
  course.drawn = round
  deps.onEvent({ type: 'drawn', round, models })
}

function sayWaiting({ deps }: ArenaRun, course: Course, { phase, round }: Task): void {
  const what = phase === 'drawing' ? 'beacon' : phase === 'voting' ? 'votes' : 'round'
  const key = `${round} ${what}`
  if (course.said === key) return
  course.said = key
  deps.onEvent({ type: 'waiting', for: what, round })
}

function stakeGone(stake: bigint, least: bigint): UserError {
  return new UserError(
    'refused',
    `this account's stake in the task is ${formatAmount(stake)} FDN, below its least of ${formatAmount(least)}: it takes no part in rounds any more`,
    {
      code: 'STAKE_GONE',
      hint: 'fednode stake status  shows what was taken, and why. Stake again to take part again.',
    },
  )
}
