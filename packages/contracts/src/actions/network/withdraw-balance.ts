import { type Address, encodeFunctionData } from 'viem'
import { modelMarketAbi } from '../../generated/network/model-market.ts'
import type { ChainAccount, Mined } from '../../types.ts'
import { sendCall } from './send-call.ts'

/**
 * Pays what was announced, or what vouchers left of it.
 * @throws {ChainError} WITHDRAWAL_WAITING; NO_WITHDRAWAL (usage).
 */
export function withdrawBalance(
  account: ChainAccount,
  { market, to }: { readonly market: Address; readonly to: Address },
): Promise<Mined> {
  const data = encodeFunctionData({
    abi: modelMarketAbi,
    functionName: 'withdraw',
    args: [to],
  })
  return sendCall(account, { to: market, data })
}
