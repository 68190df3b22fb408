import type { RoundValue } from '../../../contribution/silo-values.ts'
import type { Total } from '../../../contribution/total-of.ts'
import { amountText, percentText, signedText } from '../../../framework/number-text.ts'

/** Decimals of a value and of its error. */
const DECIMALS = 4

/** A value as people read it: "+0.3081", "+0.3081 ± 0.0112" where it was estimated, "-" where there is none. */
export function valueCell({
  value,
  standardError,
}: Pick<RoundValue, 'value' | 'standardError'>): string {
  if (value === null) return '-'
  const error = standardError > 0 ? ` ± ${standardError.toFixed(DECIMALS)}` : ''
  return `${signedText(value, DECIMALS)}${error}`
}

/** Heading of a column of such values: says "exact" where all of them are. */
export function valueHeading(values: readonly Pick<RoundValue, 'standardError'>[]): string {
  return values.every(({ standardError }) => standardError === 0)
    ? 'value (exact)'
    : 'value ± error'
}

/** Share of the pot and what it comes to in currency. */
export function payCells({
  share,
  reward,
}: Pick<RoundValue | Total, 'share' | 'reward'>): readonly string[] {
  return [percentText(share), reward === undefined ? '-' : amountText(reward)]
}

/** A utility; "-" where nobody measured it. */
export function utilityCell(utility: number | undefined): string {
  return utility === undefined ? '-' : utility.toFixed(DECIMALS)
}
