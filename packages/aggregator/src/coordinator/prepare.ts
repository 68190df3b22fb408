import { setTimeout as sleep } from 'node:timers/promises'
import { ChainError, LOCAL_CHAIN_ID } from '@fednode/contracts'
import type { FederatorChain } from '../chain/federator-chain.ts'
import { rebuildFromSilos } from '../rebuild/rebuild-from-silos.ts'
import type { CoordinatorEvent } from '../types.ts'
import { checkProgress } from './check-progress.ts'
import type { Run } from './coordinator.ts'
import { lookAtHead } from './opening-block.ts'

const LOCAL_POLL_MS = 500
const POLL_MS = 5_000
/** Bytes of the contract's endpoint text. */
const MAX_ENDPOINT_BYTES = 1_024

type WaitingFor = Extract<CoordinatorEvent, { type: 'waiting' }>['for']
/** What is missing, in words; undefined when nothing is. */
type Missing = { readonly for: WaitingFor; readonly detail: string } | undefined

/**
 * Everything before rounds: says on chain where the aggregator listens, closes registration in time, and waits for members, market, the
 * operator and the silos' connections, in this order. Without a chain there is nothing to prepare.
 * @throws {UserError} SCENARIO_CLOSED, JOURNAL_BEHIND_CHAIN (T46).
 */
export async function prepare(run: Run): Promise<void> {
  const { chain } = run.deps
  if (chain === undefined) {
    await untilNothing(run, () => rebuildFromSilos(run))
    return
  }
  await untilNothing(run, () => publishEndpoint(run, chain))
  await untilNothing(run, () => missingRegistration(chain))
  if (run.signal.aborted) return
  await run.deps.registry.refresh()
  // A round may open while the chain does not answer: then with the newest block that was known.
  await untilNothing(run, () => lookAtHead(run).then(() => undefined))
  await untilNothing(run, () => rebuildFromSilos(run))
  await untilNothing(run, () => checkProgress(run, chain))
  await untilNothing(run, () => missingMarket(run, chain))
}

/** Before each round: the operator may have asked for a pause, and enough silos must be there. */
export async function untilReady(run: Run): Promise<void> {
  await untilNothing(run, async () => missingResume(run))
  await untilNothing(run, async () => missingSilos(run))
}

/** Asks again and again what is missing, telling each change once, until nothing is or the run ends. */
async function untilNothing(run: Run, ask: () => Promise<Missing>): Promise<void> {
  const { pollMs = run.options.chainId === LOCAL_CHAIN_ID ? LOCAL_POLL_MS : POLL_MS } = run.options
  let told: string | undefined
  while (!run.signal.aborted) {
    const missing = await ask().catch((error: unknown) => unanswered(run, error))
    if (missing === undefined) return
    // Once a change: an RPC that is down for a night is one line, not one a second.
    if (missing.detail !== told) {
      told = missing.detail
      run.deps.onEvent({ type: 'waiting', ...missing })
    }
    // Aborting is how a wait ends early; nothing else rejects here.
    await sleep(pollMs, undefined, { signal: run.signal }).catch(() => {})
  }
}

/** What may be different in a moment: a silent node, or somebody else who was quicker. Every other refusal is final. */
const PASSING = new Set(['RPC_FAILED', 'WRONG_PHASE', 'TX_NOT_MINED', 'TX_REVERTED'])

function unanswered({ deps }: Run, error: unknown): Missing {
  if (!(error instanceof ChainError) || !PASSING.has(error.code)) throw error
  deps.logger.debug({ code: error.code, reason: error.message }, 'the chain does not answer')
  return { for: 'chain', detail: error.message }
}

async function publishEndpoint({ deps, host }: Run, chain: FederatorChain): Promise<undefined> {
  const endpoint = endpointOf(host.addresses())
  const state = await chain.readScenario()
  if (state.endpoint === endpoint || state.phase === 'closed') return undefined
  const { hash } = await chain.setEndpoint(endpoint)
  deps.logger.info({ endpoint, hash }, 'endpoint published')
  return undefined
}

/** As many addresses as fit, the first ones first. */
function endpointOf(addresses: readonly string[]): string {
  let endpoint = ''
  for (const address of addresses) {
    const longer = endpoint === '' ? address : `${endpoint},${address}`
    if (Buffer.byteLength(longer) <= MAX_ENDPOINT_BYTES) endpoint = longer
  }
  return endpoint
}

async function missingRegistration(chain: FederatorChain): Promise<Missing> {
  const state = await chain.readScenario()
  if (state.phase !== 'registering') return undefined
  const { params, clients } = state
  const isFull = clients.length >= params.maxClients
  if (isFull || (await chain.chainTime()) > params.registrationDeadline) {
    await chain.closeRegistration()
    return missingRegistration(chain)
  }
  return {
    for: 'registration',
    detail: `${clients.length} of ${params.maxClients} silos registered (at least ${params.minClients})`,
  }
}

async function missingMarket({ options }: Run, chain: FederatorChain): Promise<Missing> {
  const { market } = options.manifest
  if (market === undefined || Number(market.seedCurrency) === 0) return undefined
  const { poolOpen } = await chain.readScenario()
  if (poolOpen) return undefined
  const { seedCurrency } = market
  return { for: 'market', detail: `nobody has brought the pool's ${seedCurrency} of currency yet` }
}

function missingResume({ deps }: Run): Missing {
  if (!deps.journal.isPaused()) return undefined
  return { for: 'resume', detail: 'paused by the operator' }
}

function missingSilos({ deps, host, options }: Run): Missing {
  const members = deps.registry.members()
  const connected = members.filter(({ peerId }) => host.isConnected(peerId)).length
  const needed = options.manifest.rounds.minSilos
  if (connected >= needed) return undefined
  return { for: 'silos', detail: `${connected} of ${needed} silos connected` }
}
