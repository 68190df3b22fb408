/** So that 0.7 of 10 is 7 and not 8: products of decimal fractions are a little off. */
const ROUNDING = 1e-9

/**
 * How many updates suffice for a round, by the manifest's `rounds.targetShare`.
 * @param silos - who may take part in the round.
 * @returns at least 1; all of them when the manifest names no share.
 */
export function targetSilos(targetShare: number | undefined, silos: number): number {
  return Math.max(1, Math.ceil((targetShare ?? 1) * silos - ROUNDING))
}
