import type { DatabaseSync } from 'node:sqlite'
import type { Voucher } from '@fednode/contracts'
import { z } from 'zod'
import { parseRow } from '../silo/parse-row.ts'
import type { SalePlace } from './sale-database.ts'

const hex = z.custom<`0x${string}`>(
  (value) => typeof value === 'string' && /^0x[0-9a-f]+$/.test(value),
)
const wei = z
  .string()
  .regex(/^\d{1,29}$/)
  .transform(BigInt)
const rowSchema = z.object({
  listing: wei,
  buyer: hex,
  epoch: z.int(),
  uses: z.int(),
  amount: wei,
  signature: hex,
  request: z.instanceof(Uint8Array),
  redeemed: wei,
})

/** The latest voucher of a buyer in an epoch. */
export type TakenVoucher = {
  readonly voucher: Voucher
  readonly signature: `0x${string}`
  /** Digest of the rows that it paid for at last: the same request is answered again for nothing. */
  readonly request: Uint8Array
  /** What was redeemed of it, as the chain said; wei. */
  readonly redeemed: bigint
}

/** A provider's vouchers, on disk before anything is answered. */
export type TakenVouchers = {
  last(listing: bigint, buyer: `0x${string}`, epoch: number): TakenVoucher | undefined
  /** Keeps a voucher of at least `least` wei more, and more uses, than the last. @returns false when it is not: nothing is kept. */
  take(taken: Omit<TakenVoucher, 'redeemed'>, least: bigint): boolean
  /** The latest of each buyer, listing and epoch; oldest epoch first. */
  all(): readonly TakenVoucher[]
  /** Those that say more than was redeemed. */
  unredeemed(): readonly TakenVoucher[]
  /** Says what the chain says was redeemed of a buyer's vouchers. */
  noteRedeemed(voucher: Voucher, redeemed: bigint): void
}

/** The provider's part of the database; amounts are compared as bigints within one synchronous step. */
export function createTakenVouchers(database: DatabaseSync, place: SalePlace): TakenVouchers {
  const { chainId } = place
  const market = place.market.toLowerCase()
  const one = database.prepare(
    'SELECT * FROM taken WHERE chain = ? AND market = ? AND listing = ? AND buyer = ? AND epoch = ?',
  )
  const all = database.prepare('SELECT * FROM taken WHERE chain = ? AND market = ? ORDER BY epoch')
  const put = database.prepare(
    `INSERT INTO taken (chain, market, listing, buyer, epoch, uses, amount, signature, request)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET uses = excluded.uses, amount = excluded.amount,
       signature = excluded.signature, request = excluded.request`,
  )
  const note = database.prepare(
    'UPDATE taken SET redeemed = ? WHERE chain = ? AND market = ? AND listing = ? AND buyer = ? AND epoch = ?',
  )
  const keyOf = (listing: bigint, buyer: string, epoch: number) =>
    [chainId, market, listing.toString(), buyer.toLowerCase(), epoch] as const
  const last: TakenVouchers['last'] = (listing, buyer, epoch) => {
    const row = one.get(...keyOf(listing, buyer, epoch))
    return row === undefined ? undefined : takenOf(row)
  }
  const takenSoFar = () => all.all(chainId, market).map(takenOf)
  return {
    last,
    take({ voucher, signature, request }, least) {
      const { listing, buyer, epoch, uses, amount } = voucher
      const before = last(listing, buyer, epoch)?.voucher ?? { uses: 0, amount: 0n }
      if (amount < before.amount + least || uses <= before.uses) return false
      put.run(...keyOf(listing, buyer, epoch), uses, amount.toString(), signature, request)
      return true
    },
    all: takenSoFar,
    unredeemed: () => takenSoFar().filter(({ voucher, redeemed }) => voucher.amount > redeemed),
    noteRedeemed({ listing, buyer, epoch }, redeemed) {
      note.run(redeemed.toString(), ...keyOf(listing, buyer, epoch))
    },
  }
}

function takenOf(row: unknown): TakenVoucher {
  const { listing, buyer, epoch, uses, amount, ...rest } = parseRow(
    rowSchema,
    row,
    'vouchers.sqlite',
  )
  const { signature, request, redeemed } = rest
  return { voucher: { listing, buyer, epoch, uses, amount }, signature, request, redeemed }
}
