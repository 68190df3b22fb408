import { penaltyOf } from '../../../../src/model/network/alliance.ts'
import {
  nodeRewards,
  nodesPart,
  roundReward,
  validatorRewards,
  vested,
} from '../../../../src/model/network/arena-rewards.ts'
import {
  consensusScore,
  scoreCloseness,
  scoreDistance,
} from '../../../../src/model/network/score-voting.ts'
import { BPS_UNIT, type Examples, type FigureAt, WAD } from './examples.ts'

const DAY = 86_400n
const BPS = 10_000n
const ROUNDS = 3n
/** First values of governance's parameters, which the parameters' test holds the document to. */
const FIRST = {
  ratio: (8n * WAD) / 10n,
  exponent: WAD,
  tolerance: 1_000n,
  lockedBps: 9_000n,
  outlierBps: 50n,
  outlierDistance: 2_000n,
  vesting: 30n * DAY,
} as const

/** By model, then by validator: labels of the scores. */
const SCORES = [
  ['C1', 'C2', 'C3', 'C4'],
  ['C6', 'C7', 'C8', 'C9'],
  ['C11', 'C12', 'C13', 'C14'],
] as const
const VALIDATORS = ['A7', 'A8', 'A7', 'A7'] as const
const NODES = ['A4', 'A5', 'A6'] as const

/** Examples of "The arena". */
export function computeArena(at: FigureAt): Examples {
  const scores = SCORES.map((row) => row.map((label) => Number(at(label) / WAD)))
  const seats = VALIDATORS.map(at)
  const consensus = scores.map((row) =>
    consensusScore(row.map((score, i) => ({ score, weight: seats[i] ?? 0n }))),
  )
  const reward = roundReward(at('A1'), ROUNDS, 1n)
  const toNodes = nodesPart(reward, {
    shareBps: at('A3') / BPS_UNIT,
    nodes: sum(NODES.map(at)),
    validators: sum(seats),
  })
  const points = consensus.map((score) => BigInt(score) * WAD)
  return [
    ['A2', reward],
    ['A9', toNodes],
    ['A10', reward - toNodes],
    ...named(['C5', 'C10', 'C15'], points),
    ...nodeExamples(at, toNodes, consensus),
    ...validatorExamples({ seats, scores, consensus }, reward - toNodes),
    ['V10', at('A1') - reward],
  ]
}

function nodeExamples(at: FigureAt, toNodes: bigint, consensus: readonly number[]): Examples {
  const models = NODES.map((label, i) => ({ score: BigInt(consensus[i] ?? 0), stake: at(label) }))
  const earned = nodeRewards(toNodes, models, FIRST)
  const [first = 0n] = earned
  const kept = (first * FIRST.lockedBps) / BPS
  return [
    ...named(['N1', 'N2', 'N3'], earned),
    ['N4', first - kept],
    ['N5', kept],
    ['N6', vested(kept, 10n * DAY, FIRST.vesting)],
  ]
}

type Votes = {
  readonly seats: readonly bigint[]
  readonly scores: readonly (readonly number[])[]
  readonly consensus: readonly number[]
}

function validatorExamples({ seats, scores, consensus }: Votes, reward: bigint): Examples {
  const ranked = seats.map((stake, i) => {
    const { distance, count } = scoreDistance(
      scores.map((row) => row[i] ?? 0),
      consensus,
    )
    return { stake, distance, work: count }
  })
  const closeness = ranked.map(({ distance, work }) =>
    scoreCloseness(distance, work, FIRST.tolerance),
  )
  const outliers = ranked.filter(({ distance, work }) => distance >= work * FIRST.outlierDistance)
  return [
    ...named(['V1', 'V2', 'V3', 'V4'], closeness),
    ...named(['V5', 'V6', 'V7', 'V8'], validatorRewards(reward, ranked, FIRST)),
    ['V9', sum(outliers.map(({ stake }) => penaltyOf(stake, FIRST.outlierBps)))],
  ]
}

function named(labels: readonly string[], values: readonly bigint[]): Examples {
  return labels.map((label, i) => [label, values[i] ?? -1n])
}

function sum(values: readonly bigint[]): bigint {
  return values.reduce((a, b) => a + b, 0n)
}
