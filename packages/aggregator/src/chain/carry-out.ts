import type { ScenarioState } from '@fednode/contracts'
import { type Logger, type Round, UserError } from '@fednode/protocol'
import type { ChainTask, ChainWork } from '../journal/chain-task.ts'
import type { TaskOutcome, TaskTable } from '../journal/tasks.ts'
import type { FederatorChain, Found } from './federator-chain.ts'
import { isPotGone } from './is-pot-gone.ts'
import { WentBack } from './went-back.ts'

/** How often an own transaction that is not mined yet is looked at, in ms. */
const PENDING_POLL_MS = 1_000
/** How long it is waited for before it is replaced, in ms: a few blocks of Ethereum. */
const UNBLOCK_AFTER_MS = 60_000
/** Shortest and longest wait between looks at a challenge window, in ms. */
const MIN_WINDOW_POLL_MS = 200
const MAX_WINDOW_POLL_MS = 30_000

export type StepDeps = {
  readonly chain: FederatorChain
  readonly journal: Pick<TaskTable, 'tasks'>
  readonly logger: Logger
  /** Monotonic ms. */
  readonly elapsed: () => number
  /** Resolves after so many ms; rejects when the signal is aborted before. */
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>
  readonly signal: AbortSignal
}

/** Code of the one refusal that no retry mends. */
export const OTHER_ASSERTION = 'OTHER_ASSERTION'

type WorkOf<S extends ChainWork['step']> = Extract<ChainWork, { step: S }>

/**
 * Brings one step of the queue onto the chain, once: it looks at the chain before it sends anything, so that a step whose receipt was
 * lost (crash, dead RPC) is found and not repeated.
 * @param task - `attempts` above 0 means that it may have been sent before.
 * @throws {WentBack} when earlier steps have vanished from the chain. @throws {ChainError} when it refuses or does not answer; the step is
 * to be tried again.
 */
export async function carryOut(task: ChainTask, deps: StepDeps): Promise<TaskOutcome> {
  if (task.attempts > 0) await untilMined(deps)
  const state = await deps.chain.readScenario()
  if (isSettled(state, task.round)) return settledBefore(task, deps.chain)
  const { work } = task
  if (work.step === 'fund') return fund(task, work, { ...deps, state })
  const isOpen = state.phase === 'open'
  if (hasGoneBack(task, state) || (isOpen && (await isPotGone(task.round, deps))))
    throw new WentBack(task, state)
  if (work.step === 'assert') return anchor(task.round, work, { ...deps, state })
  if (work.step === 'finalize') return finalize(task.round, work, { ...deps, state })
  return timed(deps, () => deps.chain.voidRound(task.round))
}

async function fund(
  { round, attempts }: ChainTask,
  { amountWei }: WorkOf<'fund'>,
  deps: StepDeps & { readonly state: ScenarioState },
): Promise<TaskOutcome> {
  const found = attempts > 0 ? await deps.chain.findFunding(round) : undefined
  if (found !== undefined) return outcomeOf(found)
  const amount = BigInt(amountWei)
  if (amount === 0n) return outcomeOf(undefined)
  if (isAnchored(round, deps.state)) {
    // Waiting would end with the federation: the contract takes no money for a round once its shares are anchored.
    deps.logger.error({ round, amountWei }, 'a pot vanished after its round was anchored: unpaid')
    return outcomeOf(undefined)
  }
  return timed(deps, () => deps.chain.fundRound(round, amount))
}

async function anchor(
  round: Round,
  work: WorkOf<'assert'>,
  deps: StepDeps & { readonly state: ScenarioState },
): Promise<TaskOutcome> {
  const { phase, struckDown } = deps.state
  const { evidenceDigest, modelDigest } = work
  // Struck down: it was there, its receipt was lost, and finalize voids the round; once more would cost twice the bond.
  if (struckDown > 0 && phase === 'open') return outcomeOf(undefined)
  if (phase !== 'open') {
    const anchored = await deps.chain.readAnchor(round)
    if (anchored !== undefined && anchored !== evidenceDigest) throw otherAssertion(round, anchored)
    return outcomeOf(undefined)
  }
  const shares = forAllClients(work.shares, deps.state)
  return timed(deps, () => deps.chain.assertRound(round, { shares, evidenceDigest, modelDigest }))
}

async function finalize(
  round: Round,
  work: WorkOf<'finalize'>,
  deps: StepDeps & { readonly state: ScenarioState },
): Promise<TaskOutcome> {
  const { state, chain } = deps
  // The same shares would be struck down again, at twice the bond: nobody is paid, and the pot goes on.
  if (state.phase === 'open' && state.struckDown > 0) {
    return { ...(await timed(deps, () => chain.voidRound(round))), voided: true }
  }
  await untilWindowOver(state.finalizableAt, deps)
  return timed(deps, () => chain.finalizeRound(round, forAllClients(work.shares, state)))
}

/** Clients that came after the round was assessed have no share in it, but a place in its vector. */
function forAllClients(
  shares: readonly number[],
  { activeClients }: ScenarioState,
): readonly number[] {
  const missing = Math.max(activeClients - shares.length, 0)
  return [...shares, ...new Array<number>(missing).fill(0)]
}

function isAnchored(round: Round, { phase, currentRound }: ScenarioState): boolean {
  return currentRound === round && (phase === 'asserted' || phase === 'disputed')
}

function isSettled({ phase, currentRound }: ScenarioState, round: Round): boolean {
  return phase === 'closed' || currentRound > round
}

/** The round is over on chain: by our own last step before a crash, or by anybody after its timeout. */
async function settledBefore(
  { round, work, attempts }: ChainTask,
  chain: FederatorChain,
): Promise<TaskOutcome> {
  if (work.step === 'fund') {
    return outcomeOf(attempts > 0 ? await chain.findFunding(round) : undefined)
  }
  const end = (await chain.readSettlements()).find((settlement) => settlement.round === round)
  if (end === undefined || work.step === 'assert') {
    return { ...outcomeOf(undefined), voided: end?.voided ?? true }
  }
  return { ...outcomeOf(await chain.costOf(end.hash)), voided: end.voided }
}

/**
 * Whether the chain is where it was before a step that was done: the queue is strictly in order, so that an earlier round, or a round
 * without the assertion that is to be finalized, means that blocks were taken back (T52).
 */
function hasGoneBack({ round, work }: ChainTask, state: ScenarioState): boolean {
  const { currentRound, phase, struckDown } = state
  if (currentRound < round) return true
  return work.step === 'finalize' && phase === 'open' && struckDown === 0
}

/** Of an earlier life, so that nobody else waits for it; what it was is found on the chain or sent again. */
async function untilMined({ chain, elapsed, pause, signal }: StepDeps): Promise<void> {
  let lookedAt = elapsed()
  while (await chain.hasPending()) {
    if (elapsed() - lookedAt >= UNBLOCK_AFTER_MS) {
      await chain.unblock()
      lookedAt = elapsed()
    }
    await pause(PENDING_POLL_MS, signal)
  }
}

async function untilWindowOver(endsAt: bigint, { chain, pause, signal }: StepDeps): Promise<void> {
  for (;;) {
    const leftMs = Number(endsAt - (await chain.chainTime())) * 1_000
    if (leftMs <= 0) return
    const waitMs = Math.min(Math.max(leftMs, MIN_WINDOW_POLL_MS), MAX_WINDOW_POLL_MS)
    await pause(waitMs, signal)
  }
}

/** Measures the transaction alone, not the wait for a window. */
async function timed({ elapsed }: StepDeps, send: () => Promise<Found>): Promise<TaskOutcome> {
  const startedAt = elapsed()
  const mined = await send()
  return { ...outcomeOf(mined), seconds: (elapsed() - startedAt) / 1_000 }
}

/** Somebody led beside us: with these shares nothing can be finalized any more, and nothing of a later round be anchored. */
function otherAssertion(round: Round, anchored: string): UserError {
  return new UserError(
    'refused',
    `the chain has another outcome of round ${round} than this aggregator (evidence ${anchored})`,
    {
      code: OTHER_ASSERTION,
      hint: 'Another aggregator of this federation asserted it. Go on from its rounds with  --rebuild  in an empty directory.',
    },
  )
}

function outcomeOf(found: Found | undefined): TaskOutcome {
  if (found === undefined) return { gas: 0, seconds: 0 }
  return { hash: found.hash, gas: Number(found.gasUsed), seconds: 0 }
}
