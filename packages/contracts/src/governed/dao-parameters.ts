import { encodeFunctionData } from 'viem'
import { daoAbi } from '../generated/network/dao.ts'
import { timelockAbi } from '../generated/network/timelock.ts'
import type { ParameterSource } from './governed-parameter.ts'
import { voteParameters } from './vote-parameters.ts'

const DAY = 86_400n
const TOKEN = 10n ** 18n

/** IDao's DaoParam, in its order, with the bounds of Dao.sol. */
const STAKES = [
  { name: 'proposal-stake', unit: 'wei', min: TOKEN, max: 1_000_000n * TOKEN },
  { name: 'reward-part', unit: 'bps', min: 0n, max: 10_000n },
  { name: 'reward-ceiling', unit: 'wei', min: 0n, max: 1_000_000n * TOKEN },
] as const

/** Parameters of the Dao's stakes and rewards, of its votes, and of the Timelock. */
export const daoParameters: ParameterSource = async (reader, network) => {
  const parts = await Promise.all([
    stakeParameters(reader, network),
    voteParameters(reader, network),
    timelockParameters(reader, network),
  ])
  return parts.flat()
}

const stakeParameters: ParameterSource = ({ public: chain }, { contracts: { dao } }) =>
  Promise.all(
    STAKES.map(async ({ name, ...bounds }, index) => ({
      ...bounds,
      name: `dao.${name}`,
      value: await chain.readContract({
        address: dao,
        abi: daoAbi,
        functionName: 'daoParam',
        args: [index],
      }),
      change: (wanted) => ({
        to: dao,
        data: encodeFunctionData({
          abi: daoAbi,
          functionName: 'setDaoParam',
          args: [index, wanted],
        }),
      }),
    })),
  )

const timelockParameters: ParameterSource = async ({ public: chain }, { contracts }) => {
  const { timelock } = contracts
  const contract = { address: timelock, abi: timelockAbi } as const
  const [value, min] = await Promise.all([
    chain.readContract({ ...contract, functionName: 'getMinDelay' }),
    chain.readContract({ ...contract, functionName: 'leastDelay' }),
  ])
  return [
    {
      name: 'timelock.delay',
      unit: 'seconds',
      value,
      min,
      max: 30n * DAY,
      change: (wanted) => ({
        to: timelock,
        data: encodeFunctionData({
          abi: timelockAbi,
          functionName: 'updateDelay',
          args: [wanted],
        }),
      }),
    },
  ]
}
