import {
  type ChainReader,
  readBuyer,
  readListing,
  readMarketEpoch,
  readRedemption,
  readVoucherWorth,
  type Voucher,
} from '@fednode/contracts'
import { UserError } from '@fednode/protocol'
import { oldestEpoch } from './oldest-epoch.ts'

/** What the two sides of a sale ask the chain; amounts in wei. */
export type SaleChain = {
  terms(listing: bigint): Promise<{
    readonly model: `0x${string}`
    readonly owner: `0x${string}`
    readonly price: bigint
    readonly open: boolean
    readonly epoch: number
    /** Vouchers of older epochs are worth nothing any more. */
    readonly oldestEpoch: number
  }>
  /** What a buyer's vouchers can count on now. */
  spendable(buyer: `0x${string}`): Promise<bigint>
  redeemed(voucher: Omit<Voucher, 'uses' | 'amount'>): Promise<bigint>
  /** What redeeming would pay now; rejects where the contract refuses. */
  worth(signed: { readonly voucher: Voucher; readonly signature: `0x${string}` }): Promise<bigint>
}

/** Asks a market. */
export function createSaleChain(reader: ChainReader, market: `0x${string}`): SaleChain {
  return {
    async terms(listing) {
      const [found, times] = await Promise.all([
        readListing(reader, { market, listing }),
        readMarketEpoch(reader, { market }),
      ])
      if (found === undefined) throw unknownListing(listing)
      const { model, owner, price, open } = found
      return { model, owner, price, open, epoch: times.epoch, oldestEpoch: oldestEpoch(times) }
    },
    spendable: async (buyer) => (await readBuyer(reader, { market, buyer })).spendable,
    redeemed: async (voucher) => (await readRedemption(reader, { market, ...voucher })).amount,
    worth: (signed) => readVoucherWorth(reader, { market, ...signed }),
  }
}

/** What is said of a listing that is not there. */
export function unknownListing(listing: bigint): UserError {
  return new UserError('usage', `there is no listing ${listing}`, {
    code: 'UNKNOWN_LISTING',
    hint: 'fednode models list  shows them.',
  })
}
