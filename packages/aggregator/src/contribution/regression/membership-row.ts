/** 1 for members, 0 for others, minus `centre`. */
export function membershipRow(coalition: bigint, players: number, centre = 0): Float64Array {
  const row = new Float64Array(players)
  let rest = coalition
  for (let player = 0; player < players; player++) {
    row[player] = Number(rest & 1n) - centre
    rest >>= 1n
  }
  return row
}
