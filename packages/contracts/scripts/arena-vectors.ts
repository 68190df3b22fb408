import { hexToBigInt, keccak256, numberToHex } from 'viem'
import {
  nodeRewards,
  nodesPart,
  validatorRewards,
  vested,
} from '../src/model/network/arena-rewards.ts'
import { drawAssignments } from '../src/model/network/assignment.ts'
import { createSeededRandom, type SeededRandom } from './seeded-random.ts'

/** Nodes and validators of a row. */
const MEMBERS = 8
const ROWS = 60
const WAD = 10n ** 18n
const MAX_STAKE = 100_000_000n * WAD
const NO_SCORE = 65_535n
const DAY = 86_400n
const EXPONENTS = [WAD, WAD / 2n, (3n * WAD) / 2n, (7n * WAD) / 10n] as const

/**
 * Rounds: reward, gamma, ratio, exponent, tolerance; score and stake of 8 nodes; distance, work and stake of 8 validators; then the
 * nodes' part, and what each node and each validator gets.
 */
export function createArenaRewardVectors(): readonly bigint[] {
  const random = createSeededRandom(0xfed7a1n)
  return Array.from({ length: ROWS }, (_, i) => rewardRow(random, i)).flat()
}

function rewardRow(random: SeededRandom, i: number): readonly bigint[] {
  const reward = random.spread(1n, 1_000_000n * WAD)
  const shareBps = random.below(5_001n)
  const ratio = WAD / 2n + random.below((49n * WAD) / 100n + 1n)
  const exponent = EXPONENTS[i % EXPONENTS.length] ?? WAD
  const tolerance = 100n + random.below(4_901n)
  const models = members(() => ({ score: scoreOf(random), stake: random.spread(WAD, MAX_STAKE) }))
  const validators = members(() => {
    const work = random.below(65n)
    return {
      distance: work === 0n ? 0n : random.below(work * tolerance + work),
      work,
      stake: random.spread(WAD, MAX_STAKE),
    }
  })
  const sides = { shareBps, nodes: sumOf(models), validators: sumOf(validators) }
  const toNodes = nodesPart(reward, sides)
  return [
    ...[reward, shareBps, ratio, exponent, tolerance],
    ...models.flatMap(({ score, stake }) => [score, stake]),
    ...validators.flatMap(({ distance, work, stake }) => [distance, work, stake]),
    toNodes,
    ...nodeRewards(toNodes, models, { ratio, exponent }),
    ...validatorRewards(reward - toNodes, validators, { tolerance, exponent }),
  ]
}

/** One in four is nothing, or no score at all; few values, so that ties are common. */
function scoreOf(random: SeededRandom): bigint {
  const kind = random.below(8n)
  if (kind === 0n) return 0n
  return kind === 1n ? NO_SCORE : 1n + random.below(20n) * 500n
}

/** Draws: seed, models, seats; 8 stakes, some of them zero; then the models of each validator. */
export function createAssignmentVectors(): readonly bigint[] {
  const random = createSeededRandom(0xfed7a2n)
  return Array.from({ length: ROWS }, (_, i) => {
    const seed = keccak256(numberToHex(i, { size: 32 }))
    const models = 1n + random.below(64n)
    const seats = 1n + random.below(10n)
    const stakes = members(() => (random.below(6n) === 0n ? 0n : random.spread(1n, MAX_STAKE)))
    const assigned = drawAssignments({ seed, stakes, models, seats })
    return [hexToBigInt(seed), models, seats, ...stakes, ...assigned]
  }).flat()
}

/** Vesting: locked, elapsed, duration, vested. */
export function createVestingVectors(): readonly bigint[] {
  const random = createSeededRandom(0xfed7a3n)
  return Array.from({ length: ROWS }, () => {
    const duration = DAY + random.below(179n * DAY)
    const terms = [random.spread(1n, MAX_STAKE), random.below(2n * duration), duration] as const
    return [...terms, vested(...terms)]
  }).flat()
}

function members<T>(make: () => T): readonly T[] {
  return Array.from({ length: MEMBERS }, make)
}

function sumOf(staked: readonly { readonly stake: bigint }[]): bigint {
  return staked.reduce((sum, { stake }) => sum + stake, 0n)
}
