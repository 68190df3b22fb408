import {
  type ChainReader,
  type NetworkContracts,
  ONE_TOKEN,
  readStakeParameters,
} from '@fednode/contracts'

const PARAMETERS = {
  node: 'min-training-node',
  validator: 'min-validator',
  alliance: 'min-alliance',
} as const

/** Own stake that a role in a task, or any alliance, asks for, as governance has it now; wei. @throws {ChainError} RPC_FAILED. */
export async function leastStake(
  reader: ChainReader,
  contracts: Pick<NetworkContracts, 'stakeManager'>,
  role: keyof typeof PARAMETERS,
): Promise<bigint> {
  const parameters = await readStakeParameters(reader, contracts)
  return BigInt(parameters.find((one) => one.name === PARAMETERS[role])?.value ?? 0) * ONE_TOKEN
}
