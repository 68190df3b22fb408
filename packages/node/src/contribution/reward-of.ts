import { SHARE_UNITS } from '@fednode/protocol'

/**
 * What a share of a pot comes to, rounded down to the wei as the chain does.
 * @param pot - wei.
 * @param shareUnits - in 1e-9 of the pot.
 */
export function rewardOf(pot: bigint, shareUnits: number): bigint {
  return (pot * BigInt(shareUnits)) / BigInt(SHARE_UNITS)
}
