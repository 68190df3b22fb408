import { WAD } from './solady-pow-wad.ts'
import { rpow } from './solady-rpow.ts'

/** A reward schedule as ScenarioParams has it: wei, and 1e18 = 1; both 0 when pots are free. */
export type Schedule = { readonly firstPot: bigint; readonly potRatio: bigint }

/**
 * IScenario.scheduledPot: what a round must hold before it can be asserted, in wei; 0 when pots are free.
 * @param round - from 1 on.
 */
export function scheduledPot({ firstPot, potRatio }: Schedule, round: number): bigint {
  if (firstPot === 0n) return 0n
  return (firstPot * rpow(potRatio, BigInt(round - 1), WAD)) / WAD
}
