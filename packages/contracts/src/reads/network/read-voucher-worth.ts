import type { Address, Hex } from 'viem'
import { ask } from '../../ask.ts'
import { modelMarketAbi } from '../../generated/network/model-market.ts'
import type { ChainReader } from '../../types.ts'
import type { Voucher } from '../../voucher.ts'

/**
 * What redeeming a voucher would pay at this moment, in wei: the contract itself judges signature, epoch and balance; nothing is sent.
 * @throws {ChainError} as redeemVoucher.
 */
export async function readVoucherWorth(
  reader: ChainReader,
  args: { readonly market: Address; readonly voucher: Voucher; readonly signature: Hex },
): Promise<bigint> {
  const { market, voucher, signature } = args
  const { result } = await ask(
    reader.public.simulateContract({
      address: market,
      abi: modelMarketAbi,
      functionName: 'redeem',
      args: [voucher, signature],
    }),
  )
  return result
}
