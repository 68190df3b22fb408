import { FedError, type Logger, type Round } from '@fednode/protocol'
import type { ChainTask } from '../journal/chain-task.ts'
import type { TaskTable } from '../journal/tasks.ts'
import type { CoordinatorEvent } from '../types.ts'
import { carryOut, OTHER_ASSERTION } from './carry-out.ts'
import { createReminder } from './create-reminder.ts'
import type { FederatorChain } from './federator-chain.ts'
import { reopenVanished } from './reopen-vanished.ts'
import { WentBack } from './went-back.ts'

/** Waits between tries of a step: doubled from the first to the last, then every so often for ever. */
const FIRST_RETRY_MS = 500
const LAST_RETRY_MS = 60_000
/** How often the chain must say that it went back, pauses between, before it is believed: one node of several may be behind (T51). */
const WENT_BACK_LOOKS = 2

export type ChainQueueDeps = {
  readonly journal: TaskTable
  readonly chain: FederatorChain
  readonly logger: Logger
  /** Monotonic ms. */
  elapsed(): number
  /** Resolves after so many ms; rejects when `signal` is aborted before. */
  pause(ms: number, signal: AbortSignal): Promise<void>
  /** What must be so before each step. @throws {FedError} when it is not, or that cannot be said. */
  beforeStep(task: ChainTask): Promise<void>
  onEvent(event: CoordinatorEvent): void
  /** The queue itself broke: a bug, or a journal that cannot be written. */
  onFailure(error: unknown): void
}

/** Carries out the journaled steps on the chain, beside the training. */
export type ChainQueue = {
  start(): void
  /** Steps were added. */
  wake(): void
  /** Resolves when no step is left, or at stop(). */
  drained(): Promise<void>
  /** Idempotent; what was not done is done by the next start. */
  stop(): Promise<void>
}

/**
 * The durable queue: strictly in order, each step until it is done. While the RPC is down or the chain refuses, the first step is tried
 * again with growing pauses and training goes on ("the chain is a ledger, not a heartbeat").
 */
export function createChainQueue(deps: ChainQueueDeps): ChainQueue {
  const stopping = new AbortController()
  const { signal } = stopping
  let running: Promise<void> | undefined
  let isAwake = Promise.withResolvers<void>()
  let isIdle = Promise.withResolvers<void>()

  async function work(): Promise<void> {
    while (!signal.aborted) {
      const task = deps.journal.nextTask()
      if (task !== undefined) {
        await persist(task, deps, signal)
        continue
      }
      isIdle.resolve()
      await isAwake.promise
      isAwake = Promise.withResolvers()
      isIdle = Promise.withResolvers()
    }
  }

  return {
    start() {
      running ??= work().catch((error: unknown) => {
        if (!signal.aborted) deps.onFailure(error)
      })
    },
    wake: () => isAwake.resolve(),
    async drained() {
      while (!signal.aborted && deps.journal.nextTask() !== undefined) {
        isAwake.resolve()
        await isIdle.promise
      }
    },
    async stop() {
      stopping.abort()
      isAwake.resolve()
      isIdle.resolve()
      await running
    },
  }
}

async function persist(first: ChainTask, deps: ChainQueueDeps, signal: AbortSignal): Promise<void> {
  let retryMs = FIRST_RETRY_MS
  const isNews = createReminder(deps.elapsed)
  let wentBack = 0
  let task: ChainTask | undefined = first
  while (task !== undefined && !signal.aborted) {
    const outcome = await attempt(task, deps, { retryMs, isNews, signal })
    if (outcome === 'done') return
    wentBack = outcome instanceof WentBack ? wentBack + 1 : 0
    if (outcome instanceof WentBack && wentBack >= WENT_BACK_LOOKS) {
      await sendAgain(outcome.round, task, deps)
    }
    await deps.pause(retryMs, signal)
    retryMs = Math.min(2 * retryMs, LAST_RETRY_MS)
    task = deps.journal.nextTask()
  }
}

async function sendAgain(round: Round, { id }: ChainTask, deps: ChainQueueDeps): Promise<void> {
  try {
    await reopenVanished(deps, { round, before: id })
  } catch (error) {
    if (!(error instanceof FedError)) throw error
    deps.logger.warn(
      { round, code: error.code },
      'what vanished from the chain is looked for again',
    )
  }
}

type Try = {
  readonly retryMs: number
  /** Whether the operator is to be told of this code. */
  readonly isNews: (code: string) => boolean
  readonly signal: AbortSignal
}

async function attempt(
  task: ChainTask,
  deps: ChainQueueDeps,
  { retryMs, isNews, signal }: Try,
): Promise<'done' | FedError> {
  const { round, work } = task
  const { journal, logger } = deps
  // Counted before anything is sent: after a crash the next try looks for what this one may have done.
  journal.startTask(task.id)
  try {
    await deps.beforeStep(task)
    const outcome = await carryOut(task, { ...deps, signal })
    journal.finishTask(task.id, outcome)
    deps.onEvent({ type: 'anchored', round, step: work.step, gas: outcome.gas })
    return 'done'
  } catch (error) {
    if (signal.aborted || !(error instanceof FedError)) throw error
    const { code, message } = error
    if (code === OTHER_ASSERTION) throw error
    journal.failTask(task.id, message)
    const told = isNews(code)
    const facts = { round, step: work.step, code, reason: message, retryMs }
    logger[told ? 'warn' : 'debug'](facts, 'a step on chain waits')
    const delay = {
      round,
      step: work.step,
      code,
      detail: message,
      retryInMs: retryMs,
      isNews: told,
    }
    deps.onEvent({ type: 'chain-delayed', ...delay })
    return error
  }
}
