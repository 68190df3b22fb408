import { listToken } from '../src/model/pool-list.ts'
import { openPool } from '../src/model/pool-open.ts'
import { WAD } from '../src/model/solady-pow-wad.ts'
import { createSeededRandom, type SeededRandom } from './seeded-random.ts'

const ROWS = 60
const SEED = 0xfed0d6n
const CLIENTS = 3
const LATE = 2
const MAX_ISSUANCE = 5n
const MIN_CURRENCY_WEIGHT = (5n * WAD) / 10n
const MAX_CURRENCY_WEIGHT = (8n * WAD) / 10n

/**
 * Openings and listings: currency weight, seed of currency, seed of tokens per issuance, issuance of three clients and of two late ones,
 * LP shares of the opening, then weights (the currency's first) after the opening, after the first listing and after the second.
 */
export function createListingVectors(): readonly bigint[] {
  const random = createSeededRandom(SEED)
  return Array.from({ length: ROWS }, () => createRow(random)).flat()
}

function createRow(random: SeededRandom): bigint[] {
  const currencyWeight = random.spread(MIN_CURRENCY_WEIGHT, MAX_CURRENCY_WEIGHT)
  const seed = random.spread(10n ** 9n, 10n ** 28n)
  const tokenSeed = random.spread(10n ** 9n, 10n ** 28n)
  const issuance = Array.from({ length: CLIENTS }, () => 1n + random.below(MAX_ISSUANCE))
  const late = Array.from({ length: LATE }, () => 1n + random.below(MAX_ISSUANCE))
  const { pool } = openPool({
    fee: 0n,
    currencyAmount: seed,
    currencyWeight,
    tokenAmounts: issuance.map((weight) => weight * tokenSeed),
    issuance,
  })
  const pools = [pool]
  for (const weight of late) {
    const listing = {
      amount: tokenSeed * weight,
      issuance: weight,
      firstIssuance: issuance[0] ?? 1n,
    }
    pools.push(listToken(pools.at(-1) ?? pool, listing))
  }
  const weights = pools.flatMap(({ reserves }) => reserves.map(({ weight }) => weight))
  return [currencyWeight, seed, tokenSeed, ...issuance, ...late, pool.lpSupply, ...weights]
}
