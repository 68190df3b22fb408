import {
  type AllianceVote,
  allianceWeight,
  judgeRound,
  penaltyOf,
} from '../../../../src/model/network/alliance.ts'
import { roundReward } from '../../../../src/model/network/arena-rewards.ts'
import { voterCap } from '../../../../src/model/network/score-voting.ts'
import type { Examples, FigureAt } from './examples.ts'

const [ROUND, ROUNDS] = [3n, 10n]
/** What fednode means by "deployed". */
const PENALTIES = { missedBps: 100n, outlierBps: 50n } as const

/** One bit per contribution: Pia's and Raj's; Sue's as well. */
const [TWO, THREE] = [0b011n, 0b111n]

const NONE = { work: 0n, votes: 0n } as const
const ONE = { work: 0n, votes: 1n } as const

/** Examples of "Alliances". */
export function computeAlliance(at: FigureAt): Examples {
  const [most, much] = [at('L5'), at('L6')]
  const vote = (digest: string, approved: bigint): AllianceVote => ({ digest, score: 1, approved })
  const pot = roundReward(at('L1'), ROUNDS, ROUND)
  const proposers = ['L3', 'L4', 'L3'].map((label) => ({
    weight: at(label),
    strikes: NONE,
    contributed: true,
  }))
  const voters = [
    { weight: most, strikes: NONE, vote: vote('aggregate', TWO) },
    { weight: allianceWeight(most, ONE), strikes: ONE, vote: vote('aggregate', TWO) },
    { weight: much, strikes: NONE, vote: vote('aggregate', THREE) },
    { weight: most, strikes: NONE, vote: vote('another', TWO) },
    { weight: most, strikes: NONE, vote: null },
  ]
  const judged = judgeRound({ proposers, voters, voted: true, pot, ...PENALTIES })
  const heard = voters.reduce((sum, { weight, vote }) => (vote === null ? sum : sum + weight), 0n)
  const stakes = [...proposers, ...voters].map(({ weight }) => weight)
  const lost = judged.penalties.map((bps, i) => penaltyOf(stakes[i] ?? 0n, bps))
  const [, , sue = -1n, , , , finn = -1n, gus = -1n] = lost
  return [
    ['L2', pot],
    ['L7', voterCap(heard)],
    ['L8', judged.sum],
    ...judged.shares.slice(0, 7).map((share, i) => [`L${9 + i}`, share] as const),
    ['L16', sue],
    ['L17', finn],
    ['L18', gus],
    ['L19', pot - judged.paid],
  ]
}
