import { parseAmount, scaleShare, scheduledPot } from '@fednode/contracts'
import type { Manifest, Round } from '@fednode/protocol'

/**
 * What the federator brings for a round, in wei: what its schedule asks for, to the wei. Without one every round gets the same, too,
 * but nothing holds him to it.
 */
export function potOf({ perRound, schedule }: Manifest['reward'], round: Round): bigint {
  const firstPot = parseAmount(perRound)
  if (schedule?.kind !== 'geometric') return firstPot
  return scheduledPot({ firstPot, potRatio: scaleShare(schedule.ratio) }, round)
}
