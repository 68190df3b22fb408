import { type Address, encodeFunctionData } from 'viem'
import { modelMarketAbi } from '../../generated/network/model-market.ts'
import type { ChainAccount, Mined } from '../../types.ts'
import { sendCall } from './send-call.ts'

/**
 * Changes the price of a listing, or ends its sales; owner only. Vouchers that were signed are redeemed all the same.
 * @throws {ChainError} NOT_LISTING_OWNER (refused); UNKNOWN_LISTING, AMOUNT_ZERO (usage).
 */
export function setListing(
  account: ChainAccount,
  {
    market,
    listing,
    price,
    open,
  }: {
    readonly market: Address
    readonly listing: bigint
    readonly price: bigint
    readonly open: boolean
  },
): Promise<Mined> {
  const data = encodeFunctionData({
    abi: modelMarketAbi,
    functionName: 'setListing',
    args: [listing, price, open],
  })
  return sendCall(account, { to: market, data })
}
