import { amountText } from '../../../framework/number-text.ts'
import type { TokenHistory } from './token-history.ts'

/** Decimals of a price: enough to tell the lowest from the highest, but not all eighteen. */
const MIN_DECIMALS = 4
const MAX_DECIMALS = 12

/** Lowest and highest price of a history, in currency wei, and with how many decimals people tell them apart. */
export type PriceScale = { readonly low: bigint; readonly high: bigint; readonly decimals: number }

export function priceScale({ before, points }: TokenHistory): PriceScale {
  const prices = [...(before === undefined ? [] : [before]), ...points.map(({ price }) => price)]
  const sorted = prices.toSorted((a, b) => (a < b ? -1 : 1))
  const low = sorted[0] ?? 0n
  const high = sorted.at(-1) ?? 0n
  let decimals = MIN_DECIMALS
  while (decimals < MAX_DECIMALS && isBlurred({ low, high, decimals })) decimals += 1
  return { low, high, decimals }
}

/** Columns that the labels of a scale need. */
export function labelWidth({ low, high, decimals }: PriceScale): number {
  return Math.max(...[low, high].map((price) => amountText(price, decimals).length))
}

/** Whether the labels would say the same of two prices, or nothing of a small one. */
function isBlurred({ low, high, decimals }: PriceScale): boolean {
  const [lowText, highText] = [amountText(low, decimals), amountText(high, decimals)]
  const digits = highText.replace(/^[0.]+/, '').length
  return (low !== high && lowText === highText) || (high > 0n && digits < MIN_DECIMALS)
}
