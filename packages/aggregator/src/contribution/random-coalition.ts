import { type Random, shuffle } from '@fednode/engine'
import { coalitionOf } from './coalition-bits.ts'

/** A uniform coalition of `size` out of `players`. */
export function randomCoalition(size: number, players: number, random: Random): bigint {
  const order = shuffle(
    Array.from({ length: players }, (_, player) => player),
    random,
  )
  return coalitionOf(order.slice(0, size))
}
