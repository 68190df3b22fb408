import type { Address, Hex } from 'viem'
import { scenarioAbi } from '../generated/scenario.ts'
import type { ChainReader } from '../types.ts'
import { readBlockNumber } from './block.ts'
import { inBlockRanges } from './block-ranges.ts'

/** What the federator anchored of a round. */
export type AnchoredRound = {
  readonly sharesHash: Hex
  readonly evidenceRoot: Hex
  readonly modelDigest: Hex
  /** Unix seconds when its challenge window ends. */
  readonly finalizableAt: bigint
  readonly blockNumber: bigint
  readonly hash: Hex
}

/**
 * The anchor of a round, by which anyone checks a model, the evidence or the shares; null when the round is not anchored yet.
 * @param args - `fromBlock`: block at or before the anchor; 0 when left out.
 * @throws {ChainError} RPC_FAILED, CHAIN_LOGS_REFUSED.
 */
export async function readAssertion(
  reader: ChainReader,
  args: { readonly scenario: Address; readonly round: number; readonly fromBlock?: bigint },
): Promise<AnchoredRound | null> {
  const { scenario: address, round, fromBlock = 0n } = args
  const whole = { from: fromBlock, to: await readBlockNumber(reader) }
  const asserted = {
    address,
    abi: scenarioAbi,
    eventName: 'RoundAsserted',
    args: { round },
    strict: true,
  } as const
  const events = await inBlockRanges(whole, ({ from, to }) =>
    reader.public.getContractEvents({ ...asserted, fromBlock: from, toBlock: to }),
  )
  const last = events.at(-1)
  if (last === undefined) return null
  const { sharesHash, evidenceRoot, modelDigest, finalizableAt } = last.args
  const { blockNumber, transactionHash: hash } = last
  return { sharesHash, evidenceRoot, modelDigest, finalizableAt, blockNumber, hash }
}
