import { type Address, encodeFunctionData } from 'viem'
import { ask } from '../../ask.ts'
import { modelMarketAbi } from '../../generated/network/model-market.ts'
import type { ChainAccount, Mined } from '../../types.ts'
import { spendCall } from './send-call.ts'

/**
 * Pays into a buyer's balance at the model market, from which its vouchers are paid.
 * @throws {ChainError} INSUFFICIENT_BALANCE, AMOUNT_ZERO (usage).
 */
export async function depositBalance(
  account: ChainAccount,
  {
    market,
    buyer,
    amount,
  }: { readonly market: Address; readonly buyer: Address; readonly amount: bigint },
): Promise<Mined> {
  const read = { address: market, abi: modelMarketAbi, functionName: 'currency' } as const
  const token = await ask(account.public.readContract(read))
  const data = encodeFunctionData({
    abi: modelMarketAbi,
    functionName: 'deposit',
    args: [buyer, amount],
  })
  return spendCall(account, { to: market, data, token, amount })
}
