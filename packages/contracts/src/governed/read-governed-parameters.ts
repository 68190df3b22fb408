import { ask } from '../ask.ts'
import type { Network } from '../reads/network/read-network.ts'
import type { ChainReader } from '../types.ts'
import { arenaParameters } from './arena-parameters.ts'
import { daoParameters } from './dao-parameters.ts'
import type { GovernedParameter } from './governed-parameter.ts'
import { groupedParameters } from './grouped-parameters.ts'
import { moneyParameters } from './money-parameters.ts'
import { stakeParameters } from './stake-parameters.ts'

const SOURCES = [
  stakeParameters,
  arenaParameters,
  groupedParameters,
  moneyParameters,
  daoParameters,
] as const

/**
 * Every number that governance of a network may change, with its hard bounds and the call that changes it.
 * @throws {ChainError} RPC_FAILED.
 */
export async function readGovernedParameters(
  reader: ChainReader,
  network: Network,
): Promise<readonly GovernedParameter[]> {
  const parts = await ask(Promise.all(SOURCES.map((source) => source(reader, network))))
  return parts.flat()
}
