/** A fraction of the contracts (1e18 is 100 %) as a float for people: 3e15 is 0.003. */
export function shareOf(fraction: bigint): number {
  return Number(fraction) / 1e18
}
