import type { Address, Hex } from 'viem'
import { strictSigner } from './strict-signer.ts'
import { type Voucher, type VoucherPlace, voucherDigest } from './voucher.ts'

/**
 * Who signed a voucher for a market, by the rules of the contract: a signature that would be refused there is nobody's here. Accounts that
 * are contracts (ERC-1271) may take their word back and are not known.
 */
export function voucherSigner(
  place: VoucherPlace,
  voucher: Voucher,
  signature: Hex,
): Promise<Address | undefined> {
  return strictSigner(voucherDigest(place, voucher), signature)
}
