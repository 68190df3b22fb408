import { encodeFunctionData } from 'viem'
import { daoAbi } from '../generated/network/dao.ts'
import type { GovernedParameter, ParameterSource } from './governed-parameter.ts'

const DAY = 86_400n
const TOKEN = 10n ** 18n

/** Functions that change them, by name; those of seconds take a number. */
const SECONDS = {
  'voting-delay': 'setVotingDelay',
  'voting-period': 'setVotingPeriod',
  'late-extension': 'setLateQuorumVoteExtension',
} as const
const NUMBERS = {
  'proposal-threshold': 'setProposalThreshold',
  quorum: 'updateQuorumNumerator',
} as const

type Name = keyof typeof SECONDS | keyof typeof NUMBERS
type Bounded = Pick<GovernedParameter, 'unit' | 'value' | 'min' | 'max'>

/** How long votes take, who may propose, and how many have to vote; bounds of Dao.sol. */
export const voteParameters: ParameterSource = async ({ public: chain }, { contracts }) => {
  const contract = { address: contracts.dao, abi: daoAbi } as const
  const [delay, period, extension, threshold, quorum, minDelay, minPeriod] = await Promise.all([
    chain.readContract({ ...contract, functionName: 'votingDelay' }),
    chain.readContract({ ...contract, functionName: 'votingPeriod' }),
    chain.readContract({ ...contract, functionName: 'lateQuorumVoteExtension' }),
    chain.readContract({ ...contract, functionName: 'proposalThreshold' }),
    chain.readContract({ ...contract, functionName: 'quorumNumerator' }),
    chain.readContract({ ...contract, functionName: 'minVotingDelay' }),
    chain.readContract({ ...contract, functionName: 'minVotingPeriod' }),
  ])
  const unit = 'seconds'
  const bounded: { readonly [N in Name]: Bounded } = {
    'voting-delay': { unit, value: delay, min: BigInt(minDelay), max: 14n * DAY },
    'voting-period': { unit, value: period, min: BigInt(minPeriod), max: 30n * DAY },
    // OpenZeppelin's bound: a vote lasts at most twice its period.
    'late-extension': { unit, value: BigInt(extension), min: 0n, max: period },
    'proposal-threshold': { unit: 'wei', value: threshold, min: 0n, max: 10_000_000n * TOKEN },
    quorum: { unit: 'percent', value: quorum, min: 1n, max: 20n },
  }
  return Object.entries(bounded).map(([name, one]) => ({
    ...one,
    name: `dao.${name}`,
    // Keys of `bounded`, whose names Object.entries forgets.
    change: (wanted) => ({ to: contracts.dao, data: encodeChange(name as Name, wanted) }),
  }))
}

function encodeChange(name: Name, value: bigint): `0x${string}` {
  if (name === 'quorum' || name === 'proposal-threshold') {
    return encodeFunctionData({ abi: daoAbi, functionName: NUMBERS[name], args: [value] })
  }
  return encodeFunctionData({ abi: daoAbi, functionName: SECONDS[name], args: [Number(value)] })
}
