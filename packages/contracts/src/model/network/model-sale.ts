const BPS = 10_000n

/** How a listing's revenue is split, in bps: of the revenue, of the revenue, and of the DAO's part. */
export type SaleTerms = {
  readonly scenarioBps: bigint
  readonly daoBps: bigint
  readonly boostBps: bigint
}

/** Wei of one sale. */
export type SaleParts = {
  readonly toPot: bigint
  readonly toDao: bigint
  readonly toOwner: bigint
}

/** ModelMarket.redeem: what a voucher for `amount` so far pays, of which `redeemed` was paid, from what its buyer has. */
export function voucherPays(amount: bigint, redeemed: bigint, balance: bigint): bigint {
  const due = amount - redeemed
  return due < balance ? due : balance
}

/** ModelMarket.share: the owner gets what the others' parts, rounded down, leave. */
export function shareSale(amount: bigint, { scenarioBps, daoBps, boostBps }: SaleTerms): SaleParts {
  const toPot = (amount * scenarioBps) / BPS
  const ofDao = (amount * daoBps) / BPS
  const toDao = ofDao - (ofDao * boostBps) / BPS
  return { toPot, toDao, toOwner: amount - toPot - toDao }
}

/** ModelMarket.requestWithdraw: when what is announced at `now` may be withdrawn; Unix seconds. */
export function withdrawableAt(now: bigint, epoch: bigint, window: bigint): bigint {
  return now + epoch + window
}

/** ModelMarket.redeem: until when a voucher of the epoch of `time` is redeemed, that second not included; Unix seconds. */
export function vouchersUntil(time: bigint, epoch: bigint, window: bigint): bigint {
  return (time / epoch + 1n) * epoch + window
}
