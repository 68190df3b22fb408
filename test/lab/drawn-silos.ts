import { createHash } from 'node:crypto'
import { drawSample } from '../../packages/protocol/src/index.ts'
import type { SimulationOptions } from './simulation.ts'

/** Places of the silos that train in a round: all, or a sample as the protocol draws one from the round's seed. */
export function drawnSilos(
  {
    silos,
    sampleShare: share = 1,
    seed,
  }: Pick<SimulationOptions, 'silos' | 'sampleShare' | 'seed'>,
  round: number,
): ReadonlySet<number> {
  const roundSeed = createHash('sha256').update(`${seed} round ${round}`).digest()
  return new Set(drawSample(roundSeed, { clients: silos.length, minSilos: 1, share }).drawn)
}
