import type { Abi } from 'viem'
import type { NetworkContracts } from '../actions/network/deploy-network.ts'
import { allianceAbi } from '../generated/network/alliance.ts'
import { daoAbi } from '../generated/network/dao.ts'
import { emissionControllerAbi } from '../generated/network/emission-controller.ts'
import { lockedStakeAbi } from '../generated/network/locked-stake.ts'
import { merkleRewardsAbi } from '../generated/network/merkle-rewards.ts'
import { modelMarketAbi } from '../generated/network/model-market.ts'
import { networkAccessAbi } from '../generated/network/network-access.ts'
import { networkTokenAbi } from '../generated/network/network-token.ts'
import { randomBeaconAbi } from '../generated/network/random-beacon.ts'
import { stakeManagerAbi } from '../generated/network/stake-manager.ts'
import { taskEmissionAbi } from '../generated/network/task-emission.ts'
import { taskRegistryAbi } from '../generated/network/task-registry.ts'
import { timelockAbi } from '../generated/network/timelock.ts'
import { topModelsAbi } from '../generated/network/top-models.ts'

/** Of the contracts that a proposal may call, by their names in the directory. */
export const NETWORK_ABIS: { readonly [C in keyof NetworkContracts]?: Abi } = {
  access: networkAccessAbi,
  token: networkTokenAbi,
  emission: emissionControllerAbi,
  taskEmission: taskEmissionAbi,
  lockedStake: lockedStakeAbi,
  stakeManager: stakeManagerAbi,
  beacon: randomBeaconAbi,
  registry: taskRegistryAbi,
  alliance: allianceAbi,
  rewards: merkleRewardsAbi,
  market: modelMarketAbi,
  topModels: topModelsAbi,
  dao: daoAbi,
  timelock: timelockAbi,
}
