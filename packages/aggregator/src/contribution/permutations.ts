import { type Random, shuffle } from '@fednode/engine'

/** A uniform order of all players. */
export function randomOrder(players: number, random: Random): number[] {
  return shuffle(
    Array.from({ length: players }, (_, player) => player),
    random,
  )
}

/** The coalitions that form when players join in this order, from the empty one to all: one more than there are players. */
export function prefixesOf(order: readonly number[]): bigint[] {
  const prefixes = [0n]
  let coalition = 0n
  for (const player of order) {
    coalition |= 1n << BigInt(player)
    prefixes.push(coalition)
  }
  return prefixes
}
