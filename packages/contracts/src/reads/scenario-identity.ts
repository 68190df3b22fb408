import { UserError } from '@fednode/protocol'
import { type Address, isAddressEqual } from 'viem'
import { ChainError } from '../chain-error.ts'
import { explainFailure } from '../explain-failure.ts'
import { orchestratorAbi } from '../generated/orchestrator.ts'
import { scenarioAbi } from '../generated/scenario.ts'
import { hasCode, noContract } from '../target-code.ts'
import type { ChainReader } from '../types.ts'

/** Version of the contracts (Orchestrator.VERSION) whose ABIs are in src/generated. */
const CONTRACTS_VERSION = 2

/** Which Scenario is meant, and by whom it must have been made. */
export type ScenarioIdentity = {
  readonly scenario: Address
  /** The Orchestrator that one trusts; without it, the Scenario's own word is taken and only checked for consistency. */
  readonly orchestrator?: Address
}

/**
 * Checks that an address holds a fednode Scenario (T55): there is code, it names an Orchestrator, and that one says that it made
 * it. A look-alike can forge the last two unless `orchestrator` says whom to believe.
 * @returns the Orchestrator.
 * @throws {UserError} WRONG_ORCHESTRATOR (chain). {ChainError} NO_CONTRACT, NOT_A_SCENARIO, WRONG_VERSION, RPC_FAILED.
 */
export async function checkScenario(reader: ChainReader, args: ScenarioIdentity): Promise<Address> {
  const { scenario, orchestrator } = args
  const named = await orchestratorOf(reader, scenario)
  if (named === undefined) throw await nothingThere(reader, scenario)
  if (orchestrator !== undefined && !isAddressEqual(named, orchestrator)) {
    throw new UserError(
      'chain',
      `the Scenario at ${scenario} belongs to the Orchestrator ${named}, not to ${orchestrator}`,
      { code: 'WRONG_ORCHESTRATOR', hint: 'It may be a look-alike: compare the invite.' },
    )
  }
  if (!(await isMadeBy(reader, { scenario, orchestrator: named }))) {
    throw notAScenario(reader, scenario)
  }
  await checkVersion(reader, named)
  return named
}

async function orchestratorOf(
  reader: ChainReader,
  scenario: Address,
): Promise<Address | undefined> {
  const call = { address: scenario, abi: scenarioAbi, functionName: 'orchestrator' } as const
  return reader.public.readContract(call).catch(noAnswer)
}

async function isMadeBy(reader: ChainReader, args: Required<ScenarioIdentity>): Promise<boolean> {
  const call = { address: args.orchestrator, abi: orchestratorAbi } as const
  const asked = { ...call, functionName: 'isScenario', args: [args.scenario] } as const
  return (await reader.public.readContract(asked).catch(noAnswer)) ?? false
}

function noAnswer(error: unknown): undefined {
  const explained = explainFailure(error)
  // The node failed, which says nothing about the address.
  if (explained.code === 'RPC_FAILED') throw explained
  return undefined
}

async function nothingThere(reader: ChainReader, scenario: Address): Promise<ChainError> {
  const isThere = await hasCode(reader, scenario)
  return isThere ? notAScenario(reader, scenario) : noContract(reader, scenario)
}

async function checkVersion(reader: ChainReader, orchestrator: Address): Promise<void> {
  const call = { address: orchestrator, abi: orchestratorAbi } as const
  const read = reader.public.readContract({ ...call, functionName: 'implementations' })
  const [, , , version] = (await read.catch(noAnswer)) ?? []
  if (version === CONTRACTS_VERSION) return
  throw new ChainError(
    `the contracts of the Orchestrator ${orchestrator} are of version ${version ?? 'unknown'}; this fednode speaks version ${CONTRACTS_VERSION}`,
    { code: 'WRONG_VERSION', hint: 'Use the fednode that the federation was made with.' },
  )
}

function notAScenario(reader: ChainReader, scenario: Address): ChainError {
  return new ChainError(
    `the contract at ${scenario} on chain ${reader.chainId} is not a fednode Scenario`,
    { code: 'NOT_A_SCENARIO', hint: 'It may be a look-alike: compare the address in the invite.' },
  )
}
