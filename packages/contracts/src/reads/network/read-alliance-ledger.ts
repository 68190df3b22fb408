import type { Address } from 'viem'
import { allianceAbi } from '../../generated/network/alliance.ts'
import type { ChainReader } from '../../types.ts'
import { readBlockNumber } from '../block.ts'
import { inBlockRanges } from '../block-ranges.ts'

/** Something that a round of an alliance gave to a participant, or took from its stake; wei. */
export type AllianceEntry = {
  readonly round: number
  readonly account: Address
  readonly kind: 'earned' | 'missed' | 'minority'
  readonly amount: bigint
}

/**
 * What the rounds of an alliance gave and took so far, as they settled.
 * @param args - `fromBlock`: block at or before the alliance's creation; 0 when left out.
 * @throws {ChainError} RPC_FAILED, CHAIN_LOGS_REFUSED.
 */
export async function readAllianceLedger(
  reader: ChainReader,
  args: { readonly alliance: Address; readonly id: bigint; readonly fromBlock?: bigint },
): Promise<readonly AllianceEntry[]> {
  const { alliance, id, fromBlock: from = 0n } = args
  const place = { address: alliance, abi: allianceAbi, args: { id }, strict: true } as const
  const blocks = { from, to: await readBlockNumber(reader) }
  const earned = await inBlockRanges(blocks, (range) =>
    reader.public.getContractEvents({
      ...place,
      eventName: 'Earned',
      fromBlock: range.from,
      toBlock: range.to,
    }),
  )
  const penalised = await inBlockRanges(blocks, (range) =>
    reader.public.getContractEvents({
      ...place,
      eventName: 'Penalised',
      fromBlock: range.from,
      toBlock: range.to,
    }),
  )
  const gains = earned.map(({ args: { round, account, amount } }): AllianceEntry => {
    return { round, account, kind: 'earned', amount }
  })
  const losses = penalised.map(({ args: { round, account, missed, taken } }): AllianceEntry => {
    return { round, account, kind: missed ? 'missed' : 'minority', amount: taken }
  })
  return [...gains, ...losses].sort((a, b) => a.round - b.round)
}
