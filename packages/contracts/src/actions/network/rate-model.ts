import { type Address, encodeFunctionData, type Hex } from 'viem'
import { modelMarketAbi } from '../../generated/network/model-market.ts'
import type { ChainAccount, Mined } from '../../types.ts'
import { sendCall } from './send-call.ts'

/**
 * Rates a listing, once for each epoch in which the account paid for it. `score` is 1 to 5; `content` the digest of what there is to say, or 32 bytes of zero.
 * @throws {ChainError} NOT_A_BUYER (refused); ALREADY_RATED, SCORE_OUT_OF_RANGE (usage).
 */
export function rateModel(
  account: ChainAccount,
  {
    market,
    listing,
    epoch,
    score,
    content,
  }: {
    readonly market: Address
    readonly listing: bigint
    readonly epoch: number
    readonly score: number
    readonly content: Hex
  },
): Promise<Mined> {
  const data = encodeFunctionData({
    abi: modelMarketAbi,
    functionName: 'rate',
    args: [listing, epoch, score, content],
  })
  return sendCall(account, { to: market, data })
}
