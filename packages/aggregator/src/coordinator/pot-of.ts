import { parseAmount, scaleShare, scheduledPot } from '@fednode/contracts'
import type { RewardTerms, Round } from '@fednode/protocol'

/**
 * What the federator brings for a round, in wei: what its schedule asks for, to the wei. Without one every round gets the same, too,
 * but nothing holds him to it. Nothing in a federation without a chain.
 */
export function potOf(reward: RewardTerms | undefined, round: Round): bigint {
  if (reward === undefined) return 0n
  const { perRound, schedule } = reward
  const firstPot = parseAmount(perRound)
  if (schedule?.kind !== 'geometric') return firstPot
  return scheduledPot({ firstPot, potRatio: scaleShare(schedule.ratio) }, round)
}
