import { scheduledPot } from '../src/model/schedule.ts'
import { WAD } from '../src/model/solady-pow-wad.ts'
import { createSeededRandom } from './seeded-random.ts'

const ROWS = 200
const SEED = 0xfed0d3n
const MAX_POT = 2n ** 90n
const MAX_ROUND = 1_000n

/** Reward schedules: firstPot, potRatio, round, scheduled pot. A quarter of them fixed, the others geometric. */
export function createScheduleVectors(): readonly bigint[] {
  const random = createSeededRandom(SEED)
  return Array.from({ length: ROWS }, (_, i) => {
    const firstPot = random.spread(1n, MAX_POT)
    const potRatio = i % 4 === 0 ? WAD : WAD / 2n + random.below(WAD / 2n)
    const round = random.spread(1n, MAX_ROUND)
    return [firstPot, potRatio, round, scheduledPot({ firstPot, potRatio }, Number(round))]
  }).flat()
}
