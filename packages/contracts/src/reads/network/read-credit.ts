import type { Address } from 'viem'
import { ask } from '../../ask.ts'
import { modelMarketAbi } from '../../generated/network/model-market.ts'
import type { ChainReader } from '../../types.ts'

/** What the model market owes an account that did not fetch it yet: shares of revenue, and bounties; wei. @throws {ChainError} RPC_FAILED. */
export function readCredit(
  reader: ChainReader,
  { market, account }: { readonly market: Address; readonly account: Address },
): Promise<bigint> {
  return ask(
    reader.public.readContract({
      address: market,
      abi: modelMarketAbi,
      functionName: 'creditOf',
      args: [account],
    }),
  )
}
