import { createCast } from './cast.ts'
import type { ChildEvent } from './child-events.ts'
import { createFederation } from './create-federation.ts'
import { startFleet } from './fleet.ts'
import { startLocalChain } from './local-chain.ts'
import type { FederationPlan } from './plan.ts'
import { playRun } from './play-run.ts'
import { advance, initialProgress, type Progress } from './progress.ts'
import type { RunDirectory } from './run-directory.ts'
import { createRunState, type RunState } from './run-state.ts'
import { planTitle } from './terminal/plan-title.ts'
import type { RunView } from './terminal/run-view.ts'
import { sayFailedTraining } from './terminal/say-failed-training.ts'
import type { UpResult } from './up-result.ts'

export type FederationOptions = {
  readonly plan: FederationPlan
  readonly directory: RunDirectory
  readonly env: Readonly<Record<string, string | undefined>>
}

export type FederationDeps = {
  readonly view: RunView
  readonly signal: AbortSignal
  /** Monotonic ms. */
  elapsed(): number
}

/**
 * Runs a whole federation on this machine to its end: a chain, an aggregator and its silos as processes of their own, a market, and a
 * settlement. Whatever happens, nothing that was started is left running.
 * @throws {LocalError} LOCAL_CHILD_ENDED, LOCAL_TIMEOUT; the signal's reason when it fires.
 */
export async function runFederation(
  options: FederationOptions,
  deps: FederationDeps,
): Promise<UpResult> {
  const { plan } = options
  const { view, signal } = deps
  const stops: (() => Promise<void>)[] = []
  const state = createRunState({
    initial: initialProgress(
      plan.silos.map(({ name }) => name),
      plan.manifest.rounds.count,
    ),
    advance,
    onChange: (progress, event: ChildEvent) => {
      view.show(progress)
      sayFailedTraining(view, event)
    },
  })
  const onAbort = (): void => state.fail(signal.reason)
  signal.addEventListener('abort', onAbort)
  try {
    signal.throwIfAborted()
    const work = startAndPlay({ ...options, stops, state }, deps)
    return await Promise.race([work, state.failed])
  } finally {
    signal.removeEventListener('abort', onAbort)
    view.close()
    await stopAll(stops)
  }
}

type Started = FederationOptions & {
  readonly stops: (() => Promise<void>)[]
  readonly state: RunState<Progress, ChildEvent>
}

async function startAndPlay(run: Started, deps: FederationDeps): Promise<UpResult> {
  const { plan, directory, stops, state } = run
  const { view } = deps
  const startedAt = deps.elapsed()
  const seconds = (): number => (deps.elapsed() - startedAt) / 1000
  view.line(planTitle(plan))
  const chain = await startLocalChain()
  await owned(chain.stop, run, deps.signal)
  const cast = await createCast(plan, chain, directory)
  const federation = await createFederation(plan, chain, cast)
  view.fact('chain', `anvil, chain 31337, contracts deployed in ${seconds().toFixed(1)} s`)
  deps.signal.throwIfAborted()
  const fleet = startFleet({
    ...federation,
    plan,
    directory,
    rpcUrl: chain.rpcUrl,
    env: run.env,
    state,
  })
  stops.push(fleet.stop)
  return playRun({ plan, directory, chain, cast, federation, fleet, state, view, seconds })
}

/** Takes over something that has just started; when the run ended meanwhile, nobody else would stop it. */
async function owned(
  stop: () => Promise<void>,
  { stops }: Started,
  signal: AbortSignal,
): Promise<void> {
  stops.push(stop)
  if (!signal.aborted) return
  await stop()
  signal.throwIfAborted()
}

/** Last started, first stopped: processes may still be talking to the chain. */
async function stopAll(stops: readonly (() => Promise<void>)[]): Promise<void> {
  for (const stop of stops.toReversed()) await stop()
}
