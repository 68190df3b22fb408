import type { RoundValue } from './silo-values.ts'

/** A silo's rounds in one line. */
export type Total = {
  readonly value: number
  /** Of the sum: root of the summed squares, as the rounds are drawn independently; 0 when every round is exact. */
  readonly standardError: number
  /** Mean part of the pots of the rounds that paid anybody, 0 to 1. */
  readonly share: number
  /** Wei; absent where a round's pot is not known. */
  readonly reward?: bigint
}

export function totalOf(rounds: readonly RoundValue[]): Total {
  const paid = rounds.filter((round) => round.paid).length
  const rewards = rounds.flatMap(({ reward }) => (reward === undefined ? [] : [reward]))
  const total = {
    value: sum(rounds.map(({ value }) => value ?? 0)),
    standardError: Math.hypot(...rounds.map(({ standardError }) => standardError)),
    share: sum(rounds.map(({ share }) => share)) / Math.max(paid, 1),
  }
  if (rewards.length < rounds.length) return total
  return { ...total, reward: rewards.reduce((all, reward) => all + reward, 0n) }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
