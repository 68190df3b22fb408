const MONTHS = 60n
const MONTH_DAYS = 30n
const SHARE = 420_000_000n * 10n ** 18n

/** A month emits 99 % of what the month before did. */
const DECAY = { numerator: 99n, denominator: 100n } as const

/** Emission of a day of the first month, in wei: what makes 60 thirty-day months sum to 420,000,000 tokens, rounded down. */
export const FIRST_DAILY_EMISSION: bigint = firstDailyEmission()

/**
 * EmissionMath.emissionOn: what a day of the network emits, in wei.
 * @param day - counted from 0.
 */
export function emissionOn(day: bigint): bigint {
  const month = day / MONTH_DAYS
  return month < MONTHS ? dailyEmissionIn(month) : 0n
}

/** EmissionMath.emissionUntil: emission of the first `days` days together, in wei. */
export function emissionUntil(days: bigint): bigint {
  let total = 0n
  for (let day = 0n; day < days && day < MONTHS * MONTH_DAYS; day += 1n) total += emissionOn(day)
  return total
}

/** Month by month, rounded down each time. */
function dailyEmissionIn(month: bigint): bigint {
  let daily = FIRST_DAILY_EMISSION
  for (let i = 0n; i < month; i += 1n) daily = (daily * DECAY.numerator) / DECAY.denominator
  return daily
}

/** SHARE * (1 - k) / (30 * (1 - k ^ 60)), with k an exact fraction. */
function firstDailyEmission(): bigint {
  const { numerator, denominator } = DECAY
  const whole = denominator ** MONTHS
  const left = whole - numerator ** MONTHS
  return (SHARE * (denominator - numerator) * whole) / (denominator * MONTH_DAYS * left)
}
