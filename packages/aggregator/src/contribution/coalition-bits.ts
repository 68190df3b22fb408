/** The coalition of all of `players`. */
export function everyone(players: number): bigint {
  return (1n << BigInt(players)) - 1n
}

/** Players of a coalition, ascending. */
export function membersOf(coalition: bigint, players: number): number[] {
  return Array.from({ length: players }, (_, player) => player).filter(
    (player) => ((coalition >> BigInt(player)) & 1n) === 1n,
  )
}

/** The coalition of the given players. */
export function coalitionOf(members: Iterable<number>): bigint {
  let coalition = 0n
  for (const player of members) coalition |= 1n << BigInt(player)
  return coalition
}
