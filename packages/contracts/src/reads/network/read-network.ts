import { type Address, getAddress } from 'viem'
import type { NetworkContracts } from '../../actions/network/deploy-network.ts'
import { ask } from '../../ask.ts'
import { ChainError } from '../../chain-error.ts'
import { explainFailure } from '../../explain-failure.ts'
import { daoAbi } from '../../generated/network/dao.ts'
import { networkDirectoryAbi } from '../../generated/network/network-directory.ts'
import { timelockAbi } from '../../generated/network/timelock.ts'
import { requireSlowGovernance } from '../../governance-delays.ts'
import { hasCode, noContract } from '../../target-code.ts'
import type { ChainReader } from '../../types.ts'

/** Version of the contracts (NetworkDirectory.VERSION) whose ABIs are in src/generated/network. */
const NETWORK_VERSION = 1n

/** A network, as its directory has it. */
export type Network = {
  readonly directory: Address
  /** Block before which none of the contracts did anything: histories are read from here. */
  readonly since: bigint
  readonly contracts: NetworkContracts
}

/**
 * Finds a network's contracts by the one address that names it. A look-alike can name any contracts: whom to believe is that address.
 * @throws {UserError} NETWORK_TERMS (usage) when its governance is too quick to follow. {ChainError} NO_CONTRACT, NOT_A_NETWORK,
 * WRONG_VERSION, RPC_FAILED.
 */
export async function readNetwork(
  reader: ChainReader,
  args: { readonly directory: Address },
): Promise<Network> {
  const directory = getAddress(args.directory)
  const contract = { address: directory, abi: networkDirectoryAbi } as const
  const version = await reader.public
    .readContract({ ...contract, functionName: 'VERSION' })
    .catch((error: unknown) => refuse(reader, directory, error))
  if (version !== NETWORK_VERSION) throw wrongVersion(directory, version)
  const [since, contracts] = await ask(
    Promise.all([
      reader.public.readContract({ ...contract, functionName: 'since' }),
      reader.public.readContract({ ...contract, functionName: 'contracts' }),
    ]),
  )
  await checkGovernance(reader, contracts)
  return { directory, since, contracts }
}

async function checkGovernance(reader: ChainReader, contracts: NetworkContracts): Promise<void> {
  const dao = { address: contracts.dao, abi: daoAbi } as const
  const timelock = { address: contracts.timelock, abi: timelockAbi } as const
  const [votingDelay, votingPeriod, timelockDelay] = await ask(
    Promise.all([
      reader.public.readContract({ ...dao, functionName: 'minVotingDelay' }),
      reader.public.readContract({ ...dao, functionName: 'minVotingPeriod' }),
      reader.public.readContract({ ...timelock, functionName: 'leastDelay' }),
    ]),
  )
  requireSlowGovernance(reader.chainId, { votingDelay, votingPeriod, timelockDelay })
}

async function refuse(reader: ChainReader, directory: Address, error: unknown): Promise<never> {
  const explained = explainFailure(error)
  // The node failed, which says nothing about the address.
  if (explained.code === 'RPC_FAILED') throw explained
  if (!(await hasCode(reader, directory))) throw noContract(reader, directory)
  throw new ChainError(
    `the contract at ${directory} on chain ${reader.chainId} is not a network's directory`,
    { code: 'NOT_A_NETWORK', hint: 'Check --network: it is the address of a NetworkDirectory.' },
  )
}

function wrongVersion(directory: Address, version: bigint): ChainError {
  return new ChainError(
    `the network at ${directory} is of version ${version}; this fednode speaks version ${NETWORK_VERSION}`,
    { code: 'WRONG_VERSION', hint: 'Use the fednode that the network was made with.' },
  )
}
