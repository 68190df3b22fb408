import { readRounds, setPaused } from '@fednode/aggregator'
import { readScenario, type ScenarioState } from '@fednode/contracts'
import { amountText, percentText } from '../framework/number-text.ts'
import { scenarioPaths } from '../runtime/scenario-directory.ts'
import type { Cast } from './cast.ts'
import type { ChildEvent } from './child-events.ts'
import type { LocalFederation } from './create-federation.ts'
import type { Fleet } from './fleet.ts'
import { createInvestor, type Investor } from './investor.ts'
import type { LocalChain } from './local-chain.ts'
import { createMarket, type Market } from './market.ts'
import type { FederationPlan } from './plan.ts'
import type { Progress } from './progress.ts'
import { raiseCapital } from './raise-capital.ts'
import { resultOf } from './result.ts'
import type { RunDirectory } from './run-directory.ts'
import type { RunState } from './run-state.ts'
import { settle } from './settle.ts'
import type { RunView } from './terminal/run-view.ts'
import type { Trade, UpResult } from './up-result.ts'

/** Processes start, connect and register within this, in seconds, also on a slow machine. */
const REGISTER_SECONDS = 120
/** Aggregating, assessing and announcing a round, in seconds, beyond its deadline. */
const ROUND_GRACE_SECONDS = 120
/** Anchoring what is left, and leaving, in seconds. */
const FINISH_SECONDS = 120

/** A federation whose processes were started. */
export type Run = {
  readonly plan: FederationPlan
  readonly directory: RunDirectory
  readonly chain: LocalChain
  readonly cast: Cast
  readonly federation: LocalFederation
  readonly fleet: Fleet
  readonly state: RunState<Progress, ChildEvent>
  readonly view: RunView
  /** Since the command started. */
  seconds(): number
}

type Trading = { readonly market: Market; readonly investor: Investor }

/** What happens in a run, in order: registration, market, rounds, settlement. */
export async function playRun(run: Run): Promise<UpResult> {
  const { chain, cast, federation, state, view } = run
  await state.until('registration of every silo', REGISTER_SECONDS, ({ step }) =>
    ['market', 'paused', 'gathering'].includes(step),
  )
  const scenario = await readScenario(cast.federator.account, {
    scenario: federation.scenario,
    orchestrator: chain.orchestrator,
  })
  const trading = await openTrading(run, scenario)
  const { directory: journal } = scenarioPaths(run.directory.aggregator, federation.scenario)
  setPaused(journal, false)
  await playRounds(run, trading)
  await endOf(run)
  const last = state.progress().closed.length
  const sold = await trading?.investor.divest(last)
  if (sold !== undefined) view.fact('investor', tradeText(sold))
  const settlement = await settle(chain, cast, scenario)
  view.fact('settled', 'clock moved to the end of the last stream, everybody claimed')
  return resultOf({
    ...run,
    manifestCid: federation.manifestCid,
    scenario,
    records: readRounds(journal),
    market: trading?.market,
    investor: trading?.investor,
    settlement,
    seconds: run.seconds(),
  })
}

async function openTrading(run: Run, scenario: ScenarioState): Promise<Trading | undefined> {
  const { cast, chain, plan, view } = run
  const { seedCurrency } = scenario.params
  if (seedCurrency === 0n) return undefined
  const market = createMarket(scenario, cast.federator.account)
  chain.record('open the market', await market.open(cast.provider))
  const fee = percentText(plan.manifest.market.swapFee, 2)
  const tokens = `${scenario.clients.length} client tokens`
  view.fact(
    'market',
    `pool opened: ${amountText(seedCurrency, 0)} CUR against ${tokens}, fee ${fee}`,
  )
  const sale = await raiseCapital(plan, cast, market)
  view.fact('capital', `${sale.actor} ${tradeText(sale)} before round 1`)
  return { market, investor: createInvestor(cast, market) }
}

async function playRounds(run: Run, trading: Trading | undefined): Promise<void> {
  const { plan, state, view } = run
  const { count, deadlineSeconds } = plan.manifest.rounds
  for (let round = 1; round <= count; round++) {
    await state.until(`round ${round}`, deadlineSeconds + ROUND_GRACE_SECONDS, (progress) => {
      return progress.closed.length >= round || progress.step === 'finished'
    })
    const record = state.progress().closed[round - 1]
    // A void round leaves no record: the run may end with fewer.
    if (record === undefined) return
    await trading?.market.look(`round ${record.round}`)
    if (round > 1 || trading === undefined) continue
    view.fact('investor', `${tradeText(await trading.investor.invest(record))} after round 1`)
  }
}

/** Waits until every process has left by itself. */
async function endOf({ state, fleet }: Run): Promise<void> {
  await state.until(
    'anchoring of the last round',
    FINISH_SECONDS,
    ({ step }) => step === 'finished',
  )
  await fleet.done
}

function tradeText({ action, tokens, silo, currency }: Trade): string {
  const verb = action === 'buy' ? 'bought' : 'sold'
  return `${verb} ${amountText(tokens, 0)} ${silo} tokens for ${amountText(currency)} CUR`
}
