/** Indexes of the bits that are set in `coalition`, ascending, below `count`. */
export function membersOf(coalition: bigint, count: number): number[] {
  return Array.from({ length: count }, (_, i) => i).filter((i) => (coalition >> BigInt(i)) & 1n)
}
