import type { Random } from './random.ts'

/** One standard normal number: Box & Muller 1958, the first of the pair. */
export function normal(random: Random): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random.uniform()))
  return radius * Math.cos(2 * Math.PI * random.uniform())
}
