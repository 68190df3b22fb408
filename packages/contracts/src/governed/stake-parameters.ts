import { encodeFunctionData } from 'viem'
import { stakeManagerAbi } from '../generated/network/stake-manager.ts'
import {
  readStakeParameters,
  type StakeParameterName,
} from '../reads/network/read-stake-parameters.ts'
import type { ParameterSource, ParameterUnit } from './governed-parameter.ts'

const UNITS: { readonly [N in StakeParameterName]?: ParameterUnit } = {
  thawing: 'seconds',
  'registration-fee': 'tokens',
  'min-task-creator': 'tokens',
  'min-training-node': 'tokens',
  'min-validator': 'tokens',
  'min-alliance': 'tokens',
  'delegation-ratio': 'count',
}

/** Parameters of the StakeManager (StakeParams.sol). */
export const stakeParameters: ParameterSource = async (reader, { contracts }) => {
  const { stakeManager } = contracts
  const all = await readStakeParameters(reader, { stakeManager })
  return all.map(({ name, index, value, min, max }) => ({
    name: `stake.${name}`,
    unit: UNITS[name] ?? 'bps',
    value: BigInt(value),
    min,
    max,
    change: (wanted) => ({
      to: stakeManager,
      data: encodeFunctionData({
        abi: stakeManagerAbi,
        functionName: 'setParameter',
        args: [index, Number(wanted)],
      }),
    }),
  }))
}
