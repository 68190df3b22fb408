import { type Address, getAddress, zeroAddress } from 'viem'
import { ask } from '../ask.ts'
import { meanPoolAbi } from '../generated/mean-pool.ts'
import { scenarioAbi } from '../generated/scenario.ts'
import type { ChainReader, ScenarioPhase, ScenarioState } from '../types.ts'
import { readBlockNumber } from './block.ts'
import { readClients } from './read-clients.ts'
import { readRoundTerms } from './read-round-terms.ts'
import { readSteadily } from './read-steadily.ts'
import { checkScenario, type ScenarioIdentity } from './scenario-identity.ts'

/** Phase of the contract's enum by its number. */
const PHASES: readonly ScenarioPhase[] = ['registering', 'open', 'asserted', 'disputed', 'closed']

type At = { readonly address: Address; readonly blockNumber: bigint }

/**
 * Everything a Scenario says of itself, read at one block.
 * @param args - `orchestrator` whom to believe that this is a Scenario (T55).
 * @throws {UserError} NO_CONTRACT, NOT_A_SCENARIO, WRONG_ORCHESTRATOR. {ChainError} RPC_FAILED.
 */
export async function readScenario(
  reader: ChainReader,
  args: ScenarioIdentity,
): Promise<ScenarioState> {
  const orchestrator = await checkScenario(reader, args)
  const state = await readSteadily(() => readState(reader, getAddress(args.scenario)))
  return { ...state, orchestrator }
}

async function readState(
  reader: ChainReader,
  address: Address,
): Promise<Omit<ScenarioState, 'orchestrator'>> {
  const at = { address, blockNumber: await readBlockNumber(reader) }
  const [plan, progress, terms, clients] = await ask(
    Promise.all([
      readPlan(reader, at),
      readProgress(reader, at),
      readRoundTerms(reader, at),
      readClients(reader, at),
    ]),
  )
  const poolOpen = await ask(isPoolOpen(reader, { ...at, address: plan.pool }))
  const struckDown = doublings(plan.params.bond, terms.bonds.assertion)
  return { ...at, ...plan, poolOpen, ...progress, ...terms, struckDown, clients }
}

// The contract shows the count only while something is asserted, its consequence always.
function doublings(from: bigint, to: bigint): number {
  let count = 0
  for (let bond = from; bond > 0n && bond < to; bond *= 2n) count += 1
  return count
}

async function readPlan(reader: ChainReader, at: At) {
  const contract = { ...at, abi: scenarioAbi } as const
  const [federator, pool, params, manifestDigest, endpoint] = await Promise.all([
    reader.public.readContract({ ...contract, functionName: 'federator' }),
    reader.public.readContract({ ...contract, functionName: 'pool' }),
    reader.public.readContract({ ...contract, functionName: 'params' }),
    reader.public.readContract({ ...contract, functionName: 'manifestDigest' }),
    reader.public.readContract({ ...contract, functionName: 'endpoint' }),
  ])
  return { federator, pool, params, manifestDigest, endpoint }
}

async function readProgress(reader: ChainReader, at: At) {
  const contract = { ...at, abi: scenarioAbi } as const
  const [phase, currentRound, roundStartedAt, finalizableAt, streamEndsAt, totals] =
    await Promise.all([
      reader.public.readContract({ ...contract, functionName: 'phase' }),
      reader.public.readContract({ ...contract, functionName: 'currentRound' }),
      reader.public.readContract({ ...contract, functionName: 'roundStartedAt' }),
      reader.public.readContract({ ...contract, functionName: 'finalizableAt' }),
      reader.public.readContract({ ...contract, functionName: 'streamEndsAt' }),
      reader.public.readContract({ ...contract, functionName: 'totals' }),
    ])
  const [deposited, claimed, returned] = totals
  return {
    phase: PHASES[phase] ?? 'closed',
    currentRound,
    roundStartedAt,
    finalizableAt,
    streamEndsAt,
    totals: { deposited, claimed, returned },
  }
}

async function isPoolOpen(reader: ChainReader, at: At): Promise<boolean> {
  if (at.address === zeroAddress) return false
  return reader.public.readContract({ ...at, abi: meanPoolAbi, functionName: 'isOpen' })
}
