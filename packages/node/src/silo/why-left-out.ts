import type { RoundResult, SiloName } from '@fednode/protocol'
import type { PlayedRound } from './receipt-table.ts'

/**
 * Why a round that counted others did not count this silo: `dropped`, though the aggregator had signed for its update (T5); `unanswered`,
 * the aggregator never said what became of it; `late`, it came after the round's end, or was not ready then.
 */
export const LEFT_OUT = ['dropped', 'unanswered', 'late'] as const
export type LeftOut = (typeof LEFT_OUT)[number]

/** Undefined when the silo counted, when nobody did, when it took no part, and when it was told another reason before. */
export function whyLeftOut(
  { contributions }: Pick<RoundResult, 'contributions'>,
  silo: SiloName,
  played: PlayedRound | undefined,
): LeftOut | undefined {
  const isCounted = contributions.some((one) => one.silo === silo)
  if (played === undefined || contributions.length === 0 || isCounted) return undefined
  const { update, receipt } = played
  if (update === undefined) return 'late'
  if (receipt === undefined) return 'unanswered'
  if (receipt.accepted) return 'dropped'
  return receipt.code === 'LATE' ? 'late' : undefined
}
