import type { Address, Hex } from 'viem'
import { taskRegistryAbi } from '../../generated/network/task-registry.ts'
import type { ChainReader } from '../../types.ts'
import { readBlockNumber } from '../block.ts'
import { inBlockRanges } from '../block-ranges.ts'

/** How a round of a task ended. */
export type TaskRound = {
  readonly round: number
  /** 'void': without a result. */
  readonly result: 'counted' | 'void'
  /** In the order in which they were scored; none of a round that was void. */
  readonly models: readonly {
    readonly node: Address
    readonly model: Hex
    /** NO_SCORE where nobody scored it. */
    readonly consensus: number
    /** wei. */
    readonly reward: bigint
  }[]
  /** By seat. */
  readonly validators: readonly {
    readonly validator: Address
    /** undefined for who did not reveal. */
    readonly scores: readonly number[] | undefined
    /** wei. */
    readonly reward: bigint
  }[]
}

/**
 * The rounds of a task that are over, in their order.
 * @param args - `fromBlock`: block at or before the task's creation; 0 when left out.
 * @throws {ChainError} CHAIN_LOGS_REFUSED, RPC_FAILED.
 */
export async function readTaskRounds(
  reader: ChainReader,
  args: { readonly registry: Address; readonly task: bigint; readonly fromBlock?: bigint },
): Promise<readonly TaskRound[]> {
  const { registry, task, fromBlock = 0n } = args
  const place = { address: registry, abi: taskRegistryAbi, args: { task }, strict: true } as const
  const blocks = { from: fromBlock, to: await readBlockNumber(reader) }
  const chain = reader.public
  const counted = await inBlockRanges(blocks, ({ from: fromBlock, to: toBlock }) =>
    chain.getContractEvents({ ...place, eventName: 'RoundCounted', fromBlock, toBlock }),
  )
  const entered = await inBlockRanges(blocks, ({ from: fromBlock, to: toBlock }) =>
    chain.getContractEvents({ ...place, eventName: 'ModelEntered', fromBlock, toBlock }),
  )
  const seated = await inBlockRanges(blocks, ({ from: fromBlock, to: toBlock }) =>
    chain.getContractEvents({ ...place, eventName: 'ValidatorSeated', fromBlock, toBlock }),
  )
  const revealed = await inBlockRanges(blocks, ({ from: fromBlock, to: toBlock }) =>
    chain.getContractEvents({ ...place, eventName: 'ScoresRevealed', fromBlock, toBlock }),
  )
  const voided = await inBlockRanges(blocks, ({ from: fromBlock, to: toBlock }) =>
    chain.getContractEvents({ ...place, eventName: 'RoundVoided', fromBlock, toBlock }),
  )
  const ended = counted.map(({ args: { round, consensus, toNodes, toValidators } }): TaskRound => {
    const models = entered.filter((one) => one.args.round === round)
    const seats = seated.filter((one) => one.args.round === round)
    const votes = revealed.filter((one) => one.args.round === round)
    return {
      round,
      result: 'counted',
      models: models.map(({ args: { node, model } }, at) => {
        return { node, model, consensus: consensus[at] ?? 0, reward: toNodes[at] ?? 0n }
      }),
      validators: seats.map(({ args: { validator } }, at) => {
        const vote = votes.find((one) => one.args.validator === validator)
        return { validator, scores: vote?.args.scores, reward: toValidators[at] ?? 0n }
      }),
    }
  })
  const none = voided.map(({ args: { round } }): TaskRound => {
    return { round, result: 'void', models: [], validators: [] }
  })
  return [...ended, ...none].sort((a, b) => a.round - b.round)
}
