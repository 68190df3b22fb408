import { type Abi, decodeFunctionData, type Hex, isAddressEqual } from 'viem'
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
import type { Proposal } from '../proposal.ts'
import type { GovernedParameter } from './governed-parameter.ts'

const ABIS: { readonly [C in keyof NetworkContracts]?: Abi } = {
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

/** What one call of a proposal does. */
export type DescribedCall = {
  /** As a contract's function with its arguments; the bare bytes where the contract is none of the network's. */
  readonly text: string
  /** The one parameter that it changes, where it changes one. */
  readonly change: { readonly parameter: GovernedParameter; readonly value: bigint } | undefined
}

/** Says what a call of a proposal does, from the call itself: a description may say anything. */
export function describeCall(
  { target, value, data }: Proposal['calls'][number],
  about: {
    readonly contracts: NetworkContracts
    readonly parameters: readonly GovernedParameter[]
  },
): DescribedCall {
  const names = Object.keys(about.contracts) as (keyof NetworkContracts)[]
  const name = names.find((candidate) => isAddressEqual(about.contracts[candidate], target))
  const decoded = name === undefined ? undefined : decode(ABIS[name], data)
  const paid = value === 0n ? '' : ` with ${value} wei of the native coin`
  if (name === undefined || decoded === undefined) {
    return { text: `${name ?? target}: ${data}${paid}`, change: undefined }
  }
  const { functionName, args = [] } = decoded
  const text = `${name}.${functionName}(${args.map(shown).join(', ')})${paid}`
  return { text, change: changeIn({ target, data }, numbersIn(args), about.parameters) }
}

function decode(abi: Abi | undefined, data: Hex) {
  if (abi === undefined) return undefined
  try {
    return decodeFunctionData({ abi, data })
  } catch {
    // No function of this contract: shown as bytes.
    return undefined
  }
}

function changeIn(
  { target, data }: Pick<Proposal['calls'][number], 'target' | 'data'>,
  numbers: readonly bigint[],
  parameters: readonly GovernedParameter[],
): DescribedCall['change'] {
  const found = parameters.flatMap((parameter) =>
    numbers
      .filter((value) => value >= parameter.min && value <= parameter.max)
      .filter((value) => {
        const call = parameter.change(value)
        return isAddressEqual(call.to, target) && call.data === data
      })
      .slice(0, 1)
      .map((value) => ({ parameter, value })),
  )
  // Parameters that are set together fit all when nothing changes.
  const changed = found.filter(({ parameter, value }) => parameter.value !== value)
  return changed[0] ?? (found.length === 1 ? found[0] : undefined)
}

function numbersIn(value: unknown): readonly bigint[] {
  if (typeof value === 'bigint') return [value]
  if (typeof value === 'number') return [BigInt(value)]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : []
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(shown).join(', ')}]`
  if (typeof value !== 'object' || value === null) return String(value)
  const fields = Object.entries(value).map(([key, field]) => `${key}: ${shown(field)}`)
  return `{ ${fields.join(', ')} }`
}
