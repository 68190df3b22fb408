import type { Address } from 'viem'
import { scenarioAbi } from '../generated/scenario.ts'
import type { ChainReader } from '../types.ts'
import { readBlockNumber } from './block.ts'
import { inBlockRanges } from './block-ranges.ts'
import type { AnchoredRound } from './read-assertion.ts'

/**
 * What is anchored of every round, by round; of one that was struck down and anchored again the newest.
 * @param args - `fromBlock`: block at or before the first anchor; 0 when left out.
 * @throws {ChainError} RPC_FAILED, CHAIN_LOGS_REFUSED.
 */
export async function readAssertions(
  reader: ChainReader,
  args: { readonly scenario: Address; readonly fromBlock?: bigint },
): Promise<ReadonlyMap<number, AnchoredRound>> {
  const { scenario: address, fromBlock = 0n } = args
  const whole = { from: fromBlock, to: await readBlockNumber(reader) }
  const asserted = { address, abi: scenarioAbi, eventName: 'RoundAsserted', strict: true } as const
  const events = await inBlockRanges(whole, ({ from, to }) =>
    reader.public.getContractEvents({ ...asserted, fromBlock: from, toBlock: to }),
  )
  return new Map(
    events.map(({ args: { round, ...anchor }, blockNumber, transactionHash: hash }) => [
      round,
      { ...anchor, blockNumber, hash },
    ]),
  )
}
