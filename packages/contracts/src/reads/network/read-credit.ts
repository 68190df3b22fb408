import type { Address } from 'viem'
import { ask } from '../../ask.ts'
import { modelMarketAbi } from '../../generated/network/model-market.ts'
import type { ChainReader } from '../../types.ts'

/** What a contract that keeps credits (see withdrawCredit) owes an account that did not fetch it yet; wei. @throws {ChainError} RPC_FAILED. */
export function readCredit(
  reader: ChainReader,
  { holder, account }: { readonly holder: Address; readonly account: Address },
): Promise<bigint> {
  return ask(
    reader.public.readContract({
      address: holder,
      abi: modelMarketAbi,
      functionName: 'creditOf',
      args: [account],
    }),
  )
}
