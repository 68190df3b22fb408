import { startAnvil } from '@fednode/contracts'
import type { Engine } from '@fednode/engine'
import { amountText, percentText } from '../../framework/number-text.ts'
import type { RunDirectory } from '../run-directory.ts'
import { createRunState, type RunState } from '../run-state.ts'
import type { ProcessHome } from '../start-process.ts'
import { foundAlliance, openPots, passTwoDays, stakeAll } from './found-network.ts'
import { govern } from './govern.ts'
import { createModelMeter } from './measure-models.ts'
import { createNetworkCast, type NetworkCast } from './network-cast.ts'
import { type NetworkClock, startClock } from './network-clock.ts'
import type { NetworkEvent } from './network-events.ts'
import { readNetworkFacts } from './network-facts.ts'
import { startNetworkFleet } from './network-fleet.ts'
import type { NetworkPlan } from './network-plan.ts'
import { advanceNetwork, initialNetworkProgress, type NetworkProgress } from './network-progress.ts'
import type { NetworkResult } from './network-result.ts'
import type { NetworkView } from './network-view.ts'
import { playNetwork } from './play-network.ts'
import { type MeasuredRounds, resultOf } from './result-of.ts'
import { settleNetwork } from './settle-network.ts'

export type NetworkRunOptions = {
  readonly plan: NetworkPlan
  readonly directory: RunDirectory
  readonly env: ProcessHome['env']
}

export type NetworkRunDeps = {
  readonly view: NetworkView
  readonly signal: AbortSignal
  /** Monotonic ms. */
  elapsed(): number
  /** Starts the engine that measures models. */
  openEngine(): Promise<Engine>
}

type Run = NetworkRunOptions &
  NetworkRunDeps & {
    readonly state: RunState<NetworkProgress, NetworkEvent>
    /** Takes over something that has just started; when the run ended meanwhile, it is stopped at once. */
    own(stop: () => Promise<void>): void
    seconds(): number
  }

/**
 * Runs a whole network on this machine to its end: chain, governance, emission, a beacon's signer, a task of the arena and an alliance, each
 * node a process of its own. Whatever happens, nothing that was started is left running.
 * @throws {LocalError} LOCAL_CHILD_ENDED, LOCAL_TIMEOUT; the signal's reason when it fires.
 */
export async function runNetwork(
  options: NetworkRunOptions,
  deps: NetworkRunDeps,
): Promise<NetworkResult> {
  const { plan } = options
  const { view, signal } = deps
  const stops: (() => Promise<void>)[] = []
  const state = createRunState<NetworkProgress, NetworkEvent>({
    initial: initialNetworkProgress(plan.nodes, plan.rounds),
    advance: advanceNetwork,
    onChange: (progress) => view.show(progress),
  })
  const onAbort = (): void => state.fail(signal.reason)
  signal.addEventListener('abort', onAbort)
  const startedAt = deps.elapsed()
  const own = (stop: () => Promise<void>): void => {
    stops.push(stop)
    if (signal.aborted) void stop()
  }
  const seconds = (): number => (deps.elapsed() - startedAt) / 1_000
  try {
    signal.throwIfAborted()
    const story = tellStory({ ...options, ...deps, state, own, seconds })
    // When something else failed first, its end is nobody's news.
    story.catch(() => {})
    return await Promise.race([story, state.failed])
  } finally {
    signal.removeEventListener('abort', onAbort)
    view.close()
    // The chain started first and ends last: processes may still be talking to it.
    const [chain, ...others] = stops
    await Promise.all(others.map((stop) => stop()))
    await chain?.()
  }
}

/** In order: chain, vote, emission, rounds, settlement. */
async function tellStory(run: Run): Promise<NetworkResult> {
  const { plan, directory, view, own } = run
  const anvil = await startAnvil()
  own(() => anvil.stop())
  const engine = await run.openEngine()
  own(async () => engine.dispose())
  const cast = await createNetworkCast(anvil.rpcUrl, { plan, directory })
  view.fact('chain', `anvil, chain 31337, network deployed in ${run.seconds().toFixed(1)} s`)
  const { id } = await foundAlliance(cast, { plan, engine })
  const stakes = await stakeAll(cast)
  const sum = [...stakes.values()].reduce((a, b) => a + b, 0n)
  view.fact('stakes', `${stakes.size} nodes stake ${amountText(sum, 0)} FDN`)
  const governance = await govern(cast)
  view.fact('vote', `${governance.parameter} changed, tasks listed for emission`)
  await passTwoDays(cast)
  const pots = await openPots(cast, { plan, id })
  view.fact(
    'emission',
    `the alliance's pool has ${inTokens(pots.pool)}, the task's pot ${inTokens(pots.pot)}`,
  )
  const measured = await playRounds(run, { cast, engine })
  const settlement = await settleNetwork(cast, { id })
  view.fact('settled', 'clock moved until everything had vested, everybody claimed')
  const facts = await readNetworkFacts(cast, { id, rounds: plan.rounds, stakes })
  const about = { manifestCid: plan.manifestCid, seconds: run.seconds() }
  return resultOf(cast, { ...about, facts, measured, settlement, governance, pots })
}

async function playRounds(
  run: Run,
  { cast, engine }: { readonly cast: NetworkCast; readonly engine: Engine },
): Promise<MeasuredRounds> {
  const { plan, directory, view, state, own } = run
  const allies = plan.nodes.filter(({ role }) => role === 'alliance')
  const meter = await createModelMeter(engine, {
    ...plan,
    directories: allies.map(({ name }) => directory.siloOf(name)),
  })
  const clock: NetworkClock = startClock(cast.founder)
  own(() => clock.stop())
  const fleet = await startNetworkFleet({ ...run, cast }, own)
  view.fact('nodes', `${plan.nodes.length} processes and the beacon's signer are up`)
  const rounds = await playNetwork({
    ...{ cast, clock, fleet, meter, state, rounds: plan.rounds },
    onMeasured: (round, found) => {
      const end = state.progress().settled.find((one) => one.round === round)
      const accuracy = found === undefined ? '' : `, accuracy ${percentText(found.accuracy)}`
      view.fact('alliance', `round ${round} of ${plan.rounds} ${end?.verdict ?? ''}${accuracy}`)
    },
  })
  await fleet.stop()
  await clock.stop()
  return { before: meter.before, rounds }
}

function inTokens(wei: bigint): string {
  return `${amountText(wei, 0)} FDN`
}
