import { encodeFunctionData } from 'viem'
import { arenaRulesAbi } from '../generated/network/arena-rules.ts'
import { taskRegistryAbi } from '../generated/network/task-registry.ts'
import type { ParameterSource } from './governed-parameter.ts'

/** ITaskRegistry's ArenaParam, in its order. */
const PARAMETERS = [
  ['creator-stake-per-day', 'wei'],
  ['locked', 'bps'],
  ['vesting', 'seconds'],
  ['stake-exponent', 'fixed'],
  ['rank-ratio', 'fixed'],
  ['tolerance', 'bps'],
  ['missed', 'bps'],
  ['outlier', 'bps'],
  ['outlier-distance', 'bps'],
] as const

/** Parameters of the TaskRegistry (ArenaParams.sol). */
export const arenaParameters: ParameterSource = ({ public: chain }, { contracts }) => {
  const { registry, arenaRules } = contracts
  const values = { address: registry, abi: taskRegistryAbi, functionName: 'arenaParam' } as const
  const rules = { address: arenaRules, abi: arenaRulesAbi, functionName: 'paramOf' } as const
  return Promise.all(
    PARAMETERS.map(async ([name, unit], index) => {
      const [value, [, min, max]] = await Promise.all([
        chain.readContract({ ...values, args: [index] }),
        chain.readContract({ ...rules, args: [index] }),
      ])
      const change = (wanted: bigint) => ({
        to: registry,
        data: encodeFunctionData({
          abi: taskRegistryAbi,
          functionName: 'setArenaParam',
          args: [index, wanted],
        }),
      })
      return { name: `arena.${name}`, unit, value, min, max, change }
    }),
  )
}
