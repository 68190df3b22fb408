import type { Address } from 'viem'
import { ask } from '../../ask.ts'
import { stakeManagerAbi } from '../../generated/network/stake-manager.ts'
import type { ChainReader } from '../../types.ts'

/** IStakeManager's Parameter, in its order. */
const NAMES = [
  'thawing',
  'registration-fee',
  'min-task-creator',
  'min-training-node',
  'min-validator',
  'min-alliance',
  'delegation-factor',
  'delegation-ratio',
  'claim-fee',
  'reporter-part',
  'treasury-part',
  'daily-cap',
  'delegator-cap',
  'cap-missed-reveal',
  'cap-outlier',
  'cap-wrong-assessment',
] as const

export type StakeParameterName = (typeof NAMES)[number]

/** A parameter of staking and what governance may set it to: seconds, whole tokens, or bps. */
export type StakeParameter = {
  readonly name: StakeParameterName
  /** As `setParameter` numbers it. */
  readonly index: number
  readonly value: number
  readonly min: bigint
  readonly max: bigint
}

/**
 * Every parameter of a StakeManager with its bounds.
 * @throws {ChainError} RPC_FAILED.
 */
export function readStakeParameters(
  reader: ChainReader,
  { stakeManager }: { readonly stakeManager: Address },
): Promise<readonly StakeParameter[]> {
  const contract = { address: stakeManager, abi: stakeManagerAbi } as const
  const read = async (name: StakeParameterName, index: number): Promise<StakeParameter> => {
    const args = [index] as const
    const [value, [min, max]] = await Promise.all([
      reader.public.readContract({ ...contract, functionName: 'parameterOf', args }),
      reader.public.readContract({ ...contract, functionName: 'boundsOf', args }),
    ])
    return { name, index, value, min, max }
  }
  return ask(Promise.all(NAMES.map(read)))
}
