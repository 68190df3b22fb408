import { type Address, type Hex, hashTypedData } from 'viem'
import type { ChainAccount } from './types.ts'

/** All that a buyer owes for a listing in an epoch, so far (IModelMarket.Voucher). */
export type Voucher = {
  readonly buyer: Address
  readonly listing: bigint
  /** Unix seconds over the market's epochSeconds. */
  readonly epoch: number
  readonly uses: number
  /** wei; the latest voucher stands for all that came before. */
  readonly amount: bigint
}

/** A market on a chain: what a voucher is for besides. */
export type VoucherPlace = { readonly chainId: number; readonly market: Address }

const TYPES = {
  Voucher: [
    { name: 'buyer', type: 'address' },
    { name: 'listing', type: 'uint256' },
    { name: 'epoch', type: 'uint32' },
    { name: 'uses', type: 'uint32' },
    { name: 'amount', type: 'uint96' },
  ],
} as const

/** What a buyer signs (EIP-712); a provider checks vouchers by it without asking the chain. */
export function voucherDigest(place: VoucherPlace, voucher: Voucher): Hex {
  return hashTypedData(typedData(place, voucher))
}

/** Signs a voucher; sends nothing. The account is the buyer. */
export function signVoucher(
  account: ChainAccount,
  { market, ...voucher }: Omit<Voucher, 'buyer'> & { readonly market: Address },
): Promise<Hex> {
  const place = { chainId: account.chainId, market }
  return account.wallet.signTypedData(typedData(place, { buyer: account.address, ...voucher }))
}

function typedData({ chainId, market }: VoucherPlace, message: Voucher) {
  return {
    domain: { name: 'fednode ModelMarket', version: '1', chainId, verifyingContract: market },
    types: TYPES,
    primaryType: 'Voucher',
    message,
  } as const
}
