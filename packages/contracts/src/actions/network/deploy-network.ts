import {
  type Abi,
  type Address,
  type ContractConstructorArgs,
  encodeDeployData,
  type Hex,
} from 'viem'
import { ask } from '../../ask.ts'
import { deployedAddress } from '../../deployed-address.ts'
import { allianceAbi, allianceBytecode } from '../../generated/network/alliance.ts'
import { allianceRulesAbi, allianceRulesBytecode } from '../../generated/network/alliance-rules.ts'
import { arenaRulesAbi, arenaRulesBytecode } from '../../generated/network/arena-rules.ts'
import { daoAbi, daoBytecode } from '../../generated/network/dao.ts'
import {
  delegatorGiftsAbi,
  delegatorGiftsBytecode,
} from '../../generated/network/delegator-gifts.ts'
import {
  emissionControllerAbi,
  emissionControllerBytecode,
} from '../../generated/network/emission-controller.ts'
import { lockedStakeAbi, lockedStakeBytecode } from '../../generated/network/locked-stake.ts'
import { merkleRewardsAbi, merkleRewardsBytecode } from '../../generated/network/merkle-rewards.ts'
import { modelMarketAbi, modelMarketBytecode } from '../../generated/network/model-market.ts'
import { networkAccessAbi, networkAccessBytecode } from '../../generated/network/network-access.ts'
import {
  networkDirectoryAbi,
  networkDirectoryBytecode,
} from '../../generated/network/network-directory.ts'
import { randomBeaconAbi, randomBeaconBytecode } from '../../generated/network/random-beacon.ts'
import { stakeManagerAbi, stakeManagerBytecode } from '../../generated/network/stake-manager.ts'
import { taskEmissionAbi, taskEmissionBytecode } from '../../generated/network/task-emission.ts'
import { taskRegistryAbi, taskRegistryBytecode } from '../../generated/network/task-registry.ts'
import { timelockAbi, timelockBytecode } from '../../generated/network/timelock.ts'
import { topModelsAbi, topModelsBytecode } from '../../generated/network/top-models.ts'
import { requireSlowGovernance } from '../../governance-delays.ts'
import { act, type Send } from '../../send.ts'
import type { ChainAccount, Mined } from '../../types.ts'
import { wireNetwork } from './wire-network.ts'

/** Addresses of a network's contracts. */
export type NetworkContracts = {
  readonly access: Address
  readonly token: Address
  readonly emission: Address
  readonly taskEmission: Address
  readonly lockedStake: Address
  readonly stakeManager: Address
  readonly beacon: Address
  readonly registry: Address
  readonly arenaRules: Address
  readonly alliance: Address
  readonly allianceRules: Address
  readonly rewards: Address
  readonly market: Address
  readonly topModels: Address
  readonly delegatorGifts: Address
  readonly dao: Address
  readonly timelock: Address
}

/** What a network is created with; times in seconds, amounts in wei. */
export type NetworkTerms = {
  /** Gets the initial supply: at most 580,000,000 tokens. */
  readonly holder: Address
  readonly initialSupply: bigint
  /** Cancels proposals and revokes reward roots; the zero address for nobody. */
  readonly guardian: Address
  /** Submits roots of rewards that are computed off the chain. */
  readonly updater: Address
  /** The least that governance can set later, too: at least a day, a day and two days on any chain but 31337. */
  readonly votingDelay: number
  readonly votingPeriod: number
  readonly timelockDelay: bigint
  /** A vote that reaches its quorum late lasts so much longer. */
  readonly lateExtension: number
  /** Stake stays slashable so long after it was taken out; at least twice `longestProof`. */
  readonly thawing: number
  readonly longestProof: number
  /** Of vouchers, 60 to 30 days each. */
  readonly epochSeconds: number
  readonly redeemSeconds: number
  readonly beacon: {
    readonly scheme: 'bls12381' | 'bn254'
    readonly genesis: number
    readonly period: number
    readonly key: Hex
    readonly fallback: {
      readonly delay: number
      readonly commitWindow: number
      readonly revealWindow: number
      readonly minCommits: number
      readonly bond: bigint
    }
  }
  readonly alliance: {
    readonly drawMargin: number
    readonly restWindow: number
    readonly missedBps: number
    readonly outlierBps: number
    readonly minPool: bigint
  }
  /** Of the emission, to arena tasks and alliances by their stake; the treasury gets the rest. 1 to 9,999. */
  readonly tasksBps: number
}

const DAY = 86_400
const BPS = 10_000

/**
 * Deploys and wires all contracts of a network, and hands every power over to its timelock: afterwards the account can do nothing more
 * than anybody else.
 * @returns `directory`, the one address by which people name the network.
 * @throws {UserError} NETWORK_TERMS (usage) for voting and timelock delays below a day and two days on a chain that is not local.
 * @throws {ChainError} what the contracts say to terms out of bounds.
 */
export function deployNetwork(
  account: ChainAccount,
  terms: NetworkTerms,
): Promise<Mined & { readonly directory: Address; readonly contracts: NetworkContracts }> {
  requireSlowGovernance(account.chainId, terms)
  return act(account, async (send) => {
    const since = await ask(account.public.getBlockNumber({ cacheTime: 0 }))
    const contracts = await deployAll(account, send, terms)
    const receipt = await wireNetwork(account, send, { contracts, terms })
    // Last: whoever finds a directory finds a network that is complete.
    const directory = await create(send, networkDirectoryAbi, networkDirectoryBytecode, [
      contracts,
      since,
    ])
    return { receipt, result: { directory, contracts } }
  })
}

async function deployAll(
  account: ChainAccount,
  send: Send,
  terms: NetworkTerms,
): Promise<NetworkContracts> {
  const core = await deployCore(account, send, terms)
  const parties = await deployParties(send, terms, core)
  const { access, token, timelock } = core
  const topModels = await create(send, topModelsAbi, topModelsBytecode, [access])
  const { epochSeconds, redeemSeconds } = terms
  const marketArgs = [access, token, timelock, topModels, epochSeconds, redeemSeconds] as const
  const market = await create(send, modelMarketAbi, modelMarketBytecode, marketArgs)
  const rewards = await create(send, merkleRewardsAbi, merkleRewardsBytecode, [
    access,
    token,
    timelock,
  ])
  const delegatorGifts = await create(send, delegatorGiftsAbi, delegatorGiftsBytecode, [])
  const { votingDelay, votingPeriod, lateExtension, guardian } = terms
  const dao = await create(send, daoAbi, daoBytecode, [
    { token, timelock, guardian, votingDelay, votingPeriod, lateExtension },
  ])
  return { ...core, ...parties, topModels, market, rewards, delegatorGifts, dao }
}

type Core = Pick<
  NetworkContracts,
  'access' | 'timelock' | 'emission' | 'token' | 'lockedStake' | 'stakeManager'
>

async function deployCore(account: ChainAccount, send: Send, terms: NetworkTerms): Promise<Core> {
  const access = await create(send, networkAccessAbi, networkAccessBytecode, [account.address])
  const timelock = await create(send, timelockAbi, timelockBytecode, [
    terms.timelockDelay,
    account.address,
  ])
  const { timestamp } = await ask(account.public.getBlock())
  // Emission begins a little later: nothing is emitted while its recipients are being deployed.
  const start = Number(timestamp) + DAY / 24
  const emission = await create(send, emissionControllerAbi, emissionControllerBytecode, [
    access,
    start,
    terms.holder,
    terms.initialSupply,
    [{ to: timelock, bps: BPS }],
  ])
  const token = await ask(
    account.public.readContract({
      address: emission,
      abi: emissionControllerAbi,
      functionName: 'token',
    }),
  )
  const lockedStake = await create(send, lockedStakeAbi, lockedStakeBytecode, [access, token])
  const { thawing, longestProof } = terms
  const stakeArgs = [access, token, lockedStake, timelock, thawing, longestProof] as const
  const stakeManager = await create(send, stakeManagerAbi, stakeManagerBytecode, stakeArgs)
  return { access, timelock, emission, token, lockedStake, stakeManager }
}

type Parties = Pick<
  NetworkContracts,
  'taskEmission' | 'beacon' | 'arenaRules' | 'registry' | 'allianceRules' | 'alliance'
>

async function deployParties(send: Send, terms: NetworkTerms, core: Core): Promise<Parties> {
  const { access, token, emission, stakeManager } = core
  const taskEmission = await create(send, taskEmissionAbi, taskEmissionBytecode, [
    access,
    emission,
    stakeManager,
  ])
  const { scheme, genesis, period, key, fallback } = terms.beacon
  const schemeNumber = scheme === 'bls12381' ? 0 : 1
  const beaconArgs = [access, token, fallback, schemeNumber, genesis, period, key] as const
  const beacon = await create(send, randomBeaconAbi, randomBeaconBytecode, beaconArgs)
  const arenaRules = await create(send, arenaRulesAbi, arenaRulesBytecode, [])
  const registry = await create(send, taskRegistryAbi, taskRegistryBytecode, [
    {
      authority: access,
      currency: token,
      stakeManager,
      beacon,
      emission: taskEmission,
      rules: arenaRules,
    },
  ])
  const allianceRules = await create(send, allianceRulesAbi, allianceRulesBytecode, [])
  const allianceArgs = [access, token, stakeManager, beacon, allianceRules, terms.alliance] as const
  const alliance = await create(send, allianceAbi, allianceBytecode, allianceArgs)
  return { taskEmission, beacon, arenaRules, registry, allianceRules, alliance }
}

async function create<const A extends Abi>(
  send: Send,
  abi: A,
  bytecode: Hex,
  args: ContractConstructorArgs<A>,
): Promise<Address> {
  // The arguments are those of this ABI's constructor, which the compiler has checked; viem's conditional type has to be told.
  const data = encodeDeployData({ abi, bytecode, args } as Parameters<typeof encodeDeployData>[0])
  return deployedAddress(await send({ data }))
}
