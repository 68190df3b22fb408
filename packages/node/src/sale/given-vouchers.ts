import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { parseRow } from '../silo/parse-row.ts'
import type { SalePlace } from './sale-database.ts'

const rowSchema = z.object({
  epoch: z.int(),
  uses: z.int(),
  amount: z
    .string()
    .regex(/^\d{1,29}$/)
    .transform(BigInt),
})

/** What a voucher promises. */
export type Promised = { readonly uses: number; readonly amount: bigint }

/** A buyer's promises for one listing that were answered. */
export type GivenVouchers = {
  /** Of an epoch: the next voucher adds to it. */
  answered(epoch: number): Promised
  noteAnswered(epoch: number, promised: Promised): void
  /** In which the listing answered, the latest first. */
  epochs(): readonly number[]
}

/** The buyer's part of the database. */
export function createGivenVouchers(
  database: DatabaseSync,
  { chainId, market, listing, buyer }: SalePlace & { listing: bigint; buyer: `0x${string}` },
): GivenVouchers {
  const key = [chainId, market.toLowerCase(), listing.toString(), buyer.toLowerCase()] as const
  const one = database.prepare(
    'SELECT * FROM given WHERE chain = ? AND market = ? AND listing = ? AND buyer = ? AND epoch = ?',
  )
  const all = database.prepare(
    'SELECT * FROM given WHERE chain = ? AND market = ? AND listing = ? AND buyer = ? ORDER BY epoch DESC',
  )
  const put = database.prepare(
    `INSERT INTO given (chain, market, listing, buyer, epoch, uses, amount) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET uses = excluded.uses, amount = excluded.amount`,
  )
  return {
    answered(epoch) {
      const row = one.get(...key, epoch)
      if (row === undefined) return { uses: 0, amount: 0n }
      const { uses, amount } = parseRow(rowSchema, row, 'vouchers.sqlite')
      return { uses, amount }
    },
    noteAnswered: (epoch, { uses, amount }) => void put.run(...key, epoch, uses, amount.toString()),
    epochs: () => all.all(...key).map((row) => parseRow(rowSchema, row, 'vouchers.sqlite').epoch),
  }
}
