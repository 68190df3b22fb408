import { encodeFunctionData } from 'viem'
import { merkleRewardsAbi } from '../generated/network/merkle-rewards.ts'
import { modelMarketAbi } from '../generated/network/model-market.ts'
import type { ParameterSource } from './governed-parameter.ts'

const HOUR = 3_600n
const DAY = 86_400n
const TOKEN = 10n ** 18n

/** Parameters of MerkleRewards and of the ModelMarket, with the bounds of their sources. */
export const moneyParameters: ParameterSource = async ({ public: chain }, { contracts }) => {
  const rewards = { address: contracts.rewards, abi: merkleRewardsAbi } as const
  const market = { address: contracts.market, abi: modelMarketAbi } as const
  const [delay, bond, fee, share] = await Promise.all([
    chain.readContract({ ...rewards, functionName: 'delay' }),
    chain.readContract({ ...rewards, functionName: 'challengeBond' }),
    chain.readContract({ ...rewards, functionName: 'claimFeeBps' }),
    chain.readContract({ ...market, functionName: 'daoBps' }),
  ])
  const abi = merkleRewardsAbi
  const to = contracts.rewards
  return [
    {
      name: 'rewards.delay',
      unit: 'seconds',
      value: BigInt(delay),
      min: HOUR,
      max: 30n * DAY,
      change: (wanted) => ({
        to,
        data: encodeFunctionData({ abi, functionName: 'setDelay', args: [Number(wanted)] }),
      }),
    },
    {
      name: 'rewards.challenge-bond',
      unit: 'wei',
      value: bond,
      min: TOKEN,
      max: 100_000n * TOKEN,
      change: (wanted) => ({
        to,
        data: encodeFunctionData({ abi, functionName: 'setChallengeBond', args: [wanted] }),
      }),
    },
    {
      name: 'rewards.claim-fee',
      unit: 'bps',
      value: BigInt(fee),
      min: 0n,
      max: 100n,
      change: (wanted) => ({
        to,
        data: encodeFunctionData({ abi, functionName: 'setClaimFee', args: [Number(wanted)] }),
      }),
    },
    {
      name: 'models.dao-share',
      unit: 'bps',
      value: BigInt(share),
      min: 0n,
      max: 2_000n,
      change: (wanted) => ({
        to: contracts.market,
        data: encodeFunctionData({
          abi: modelMarketAbi,
          functionName: 'setDaoShare',
          args: [Number(wanted)],
        }),
      }),
    },
  ]
}
