import { percentText } from '../framework/number-text.ts'
import type { Trend } from './trend-of.ts'

/** A trend as a sentence: "rising: 26.1 % of the pot in the last 3 rounds, 22.0 % in the 3 before". */
export function trendText(trend: Trend | undefined): string {
  if (trend === undefined) return 'not known before two rounds have paid'
  const { direction, last, before, rounds } = trend
  const [lastRounds, others] =
    rounds === 1 ? ['last round', 'one'] : [`last ${rounds} rounds`, rounds]
  return `${direction}: ${percentText(last)} of the pot in the ${lastRounds}, ${percentText(before)} in the ${others} before`
}
