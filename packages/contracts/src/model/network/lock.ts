const BPS = 10_000n

/** How a lock's weight grows with its time: seconds, and bps. */
export type LockCurve = { readonly base: bigint; readonly most: bigint; readonly slope: bigint }

const DAY = 86_400n

/** FLock's: 30 days 1.0x, 0.006 more a day, 365 days 3.01x. */
export const DEFAULT_CURVE: LockCurve = { base: 30n * DAY, most: 365n * DAY, slope: 21_900n }

/**
 * LockMath.amountDown: locked stake for `principal`, in wei.
 * @param duration - seconds, at most the curve's most.
 */
export function lockedAmount(
  principal: bigint,
  duration: bigint,
  curve: LockCurve = DEFAULT_CURVE,
): bigint {
  const beyond = duration > curve.base ? duration - curve.base : 0n
  return principal + (principal * curve.slope * beyond) / (BPS * curve.most)
}
