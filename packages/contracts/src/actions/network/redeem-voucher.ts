import { type Address, encodeFunctionData, type Hex } from 'viem'
import { modelMarketAbi } from '../../generated/network/model-market.ts'
import { onlyEvent } from '../../only-event.ts'
import { act } from '../../send.ts'
import type { ChainAccount, Mined } from '../../types.ts'
import type { Voucher } from '../../voucher.ts'

/**
 * Redeems a buyer's latest voucher: what it says beyond what was redeemed of its epoch. Anybody may; the listing earns it.
 * @returns `paid` in wei: less than is due when the buyer's balance is.
 * @throws {ChainError} VOUCHER_SIGNATURE_INVALID, VOUCHER_EXPIRED, VOUCHER_STALE, BUYER_BROKE (refused).
 */
export function redeemVoucher(
  account: ChainAccount,
  args: { readonly market: Address; readonly voucher: Voucher; readonly signature: Hex },
): Promise<Mined & { readonly paid: bigint }> {
  const { market, voucher, signature } = args
  const data = encodeFunctionData({
    abi: modelMarketAbi,
    functionName: 'redeem',
    args: [voucher, signature],
  })
  return act(account, async (send) => {
    const receipt = await send({ to: market, data })
    const event = { address: market, abi: modelMarketAbi, eventName: 'VoucherRedeemed' } as const
    return { receipt, result: { paid: onlyEvent(receipt, event).paid } }
  })
}
