import { type Address, encodeFunctionData } from 'viem'
import { modelMarketAbi } from '../../generated/network/model-market.ts'
import type { ChainAccount, Mined } from '../../types.ts'
import { sendCall } from './send-call.ts'

/**
 * Announces the withdrawal of prepaid balance, in place of an earlier one. It is paid once every voucher that was signed before has expired.
 * @throws {ChainError} BALANCE_TOO_SMALL, AMOUNT_ZERO (usage).
 */
export function requestWithdraw(
  account: ChainAccount,
  { market, amount }: { readonly market: Address; readonly amount: bigint },
): Promise<Mined> {
  const data = encodeFunctionData({
    abi: modelMarketAbi,
    functionName: 'requestWithdraw',
    args: [amount],
  })
  return sendCall(account, { to: market, data })
}
