import { EXACT_BITS } from '../src/model/exact-number.ts'
import { exactPower } from '../src/model/exact-power.ts'
import { powDown, powUp } from '../src/model/pow-margin.ts'
import { powWad, WAD } from '../src/model/solady-pow-wad.ts'
import { type PowPoint, randomPowDown, randomPowUp } from './random-points.ts'
import { createSeededRandom } from './seeded-random.ts'

const ROWS = 400
const SEED = 0xfed0dfn

/**
 * Powers: base, exponent, exact power rounded down, Solady's powWad, PoolMath.powUp, PoolMath.powDown (0 where it is not used);
 * 1e18 = 1. The last third is where powDown is used.
 */
export function createPowVectors(): readonly bigint[] {
  const random = createSeededRandom(SEED)
  return Array.from({ length: ROWS }, (_, i) =>
    i % 3 === 2 ? rowOf(randomPowDown(random), true) : rowOf(randomPowUp(random), false),
  ).flat()
}

function rowOf({ base, exponent }: PowPoint, isDown: boolean): bigint[] {
  const exact = exactPower(
    { numerator: base, denominator: WAD },
    { numerator: exponent, denominator: WAD },
  )
  const below = (exact * WAD) >> EXACT_BITS
  const down = isDown ? powDown(base, exponent) : 0n
  return [base, exponent, below, powWad(base, exponent), powUp(base, exponent), down]
}
