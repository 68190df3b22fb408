import { powWad, WAD } from '../solady-pow-wad.ts'

const BPS = 10_000n
/** A model that nobody scored. */
const NO_SCORE = 65_535n

/** ArenaMath.roundReward: a round's part of a pot, what is left by the rounds that are left; wei. @param round - from 1. */
export function roundReward(pot: bigint, rounds: bigint, round: bigint): bigint {
  return pot / (rounds - round + 1n)
}

/** Stakes of both sides of a task, in wei, and what each gets at least, in ten-thousandths (gamma). */
export type RewardSides = {
  readonly shareBps: bigint
  readonly nodes: bigint
  readonly validators: bigint
}

/** ArenaMath.nodesPartDown: the nodes' part of a round's reward; validators get the rest. SEED-SYSTEMS.md 2.3 b. */
export function nodesPart(reward: bigint, { shareBps, nodes, validators }: RewardSides): bigint {
  const stakes = nodes + validators
  if (stakes === 0n) return reward / 2n
  return (reward * (shareBps * stakes + (BPS - 2n * shareBps) * nodes)) / (BPS * stakes)
}

/** ArenaMath.stakePower: stake to the exponent, both scaled by 1e18. */
export function stakePower(stake: bigint, exponent: bigint): bigint {
  return exponent === WAD || stake === 0n ? stake : powWad(stake, exponent)
}

/** A node's model as it was counted: consensus, 0 to 10,000 or 65,535 for none, and the stake behind it in wei. */
export type RankedModel = { readonly score: bigint; readonly stake: bigint }

/**
 * ArenaMath.nodeRewards: by ratio^rank * stake^exponent, the best score first, of equal ones the earlier.
 * @param terms - `ratio` and `exponent` scaled by 1e18.
 */
export function nodeRewards(
  reward: bigint,
  models: readonly RankedModel[],
  { ratio, exponent }: { readonly ratio: bigint; readonly exponent: bigint },
): readonly bigint[] {
  const ranked = models
    .map(({ score, stake }, index) => ({ score, stake, index }))
    .filter(({ score }) => score !== 0n && score !== NO_SCORE)
    .sort((a, b) => (a.score === b.score ? a.index - b.index : a.score > b.score ? -1 : 1))
  const weights = models.map(() => 0n)
  let factor = WAD
  for (const { index, stake } of ranked) {
    weights[index] = (factor * stakePower(stake, exponent)) / WAD
    factor = (factor * ratio) / WAD
  }
  return sharesOf(reward, weights)
}

/** A validator as it was counted: distance to the consensus, summed over `work` scores, and its stake in wei. */
export type RankedValidator = {
  readonly distance: bigint
  readonly work: bigint
  readonly stake: bigint
}

/**
 * ArenaMath.validatorRewards: by closeness * work * stake^exponent.
 * @param terms - `tolerance` of one score, at which closeness is zero; `exponent` scaled by 1e18.
 */
export function validatorRewards(
  reward: bigint,
  validators: readonly RankedValidator[],
  { tolerance, exponent }: { readonly tolerance: bigint; readonly exponent: bigint },
): readonly bigint[] {
  const weights = validators.map(({ distance, work, stake }) => {
    const bound = tolerance * work
    const closeness = distance >= bound ? 0n : ((bound - distance) * WAD) / bound
    return (stakePower(stake, exponent) * work * closeness) / WAD
  })
  return sharesOf(reward, weights)
}

/** ArenaMath.vestedDown: what of `locked` has vested `elapsed` seconds after a task's end. */
export function vested(locked: bigint, elapsed: bigint, duration: bigint): bigint {
  return elapsed >= duration ? locked : (locked * elapsed) / duration
}

function sharesOf(reward: bigint, weights: readonly bigint[]): readonly bigint[] {
  const sum = weights.reduce((a, b) => a + b, 0n)
  return sum === 0n ? weights : weights.map((weight) => (reward * weight) / sum)
}
