import {
  type ChainReader,
  type NetworkContracts,
  ONE_TOKEN,
  readStakeParameters,
} from '@fednode/contracts'

/** Own stake that a role in a task asks for, as governance has it now; wei. @throws {ChainError} RPC_FAILED. */
export async function leastStake(
  reader: ChainReader,
  contracts: Pick<NetworkContracts, 'stakeManager'>,
  role: 'node' | 'validator',
): Promise<bigint> {
  const name = role === 'node' ? 'min-training-node' : 'min-validator'
  const parameters = await readStakeParameters(reader, contracts)
  return BigInt(parameters.find((one) => one.name === name)?.value ?? 0) * ONE_TOKEN
}
