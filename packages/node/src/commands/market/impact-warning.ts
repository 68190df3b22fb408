import { percentText } from '../../framework/number-text.ts'
import { shareOf } from './share-of.ts'

/** Price impact above which a trade is called expensive, 1e18 = 100 %. */
const IMPACT_WARNING = 50_000_000_000_000_000n

/** Lines that say how much an exchange itself moves the price, with a warning when that is a lot; 1e18 = 100 %. */
export function impactLines(priceImpact: bigint): readonly string[] {
  const line = `  price impact  ${percentText(shareOf(priceImpact), 2)}`
  if (priceImpact <= IMPACT_WARNING) return [line]
  const warning = `  Beware: that is more than ${percentText(shareOf(IMPACT_WARNING), 0)}. Several smaller ones over time cost less.`
  return [line, warning]
}
