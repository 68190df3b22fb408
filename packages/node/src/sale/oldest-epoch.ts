/** The oldest epoch whose vouchers can still be redeemed, while `epoch` is the present one (IModelMarket.redeem). */
export function oldestEpoch(times: {
  readonly epoch: number
  readonly epochSeconds: number
  readonly redeemSeconds: number
}): number {
  const { epoch, epochSeconds, redeemSeconds } = times
  return Math.max(0, Math.floor(epoch - redeemSeconds / epochSeconds))
}
