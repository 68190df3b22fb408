import { placesOfScores } from '@fednode/aggregator'
import { type AllianceRound, NO_SCORE, type TaskRound } from '@fednode/contracts'
import type { Measured } from './measure-models.ts'
import type { NetworkFacts, NodeFacts } from './network-facts.ts'
import type {
  AllianceRoundOutcome,
  ArenaModelOutcome,
  ArenaVoterOutcome,
  NodeOutcome,
} from './network-result.ts'

/** What every node came to: what the chain's rounds gave it, took from it, and how it voted in them. */
export function nodeOutcomes(facts: NetworkFacts, fee: bigint): readonly NodeOutcome[] {
  return facts.nodes.map((node) => {
    const earned = earnedBy(facts, node)
    return {
      ...node,
      earned,
      reported: node.received - earned,
      fee: node.role === 'arena-node' ? fee : 0n,
      proposals: proposalsOf(facts, node),
      votes: node.role === 'alliance' ? allianceVotes(facts, node) : arenaVotes(facts, node),
    }
  })
}

function earnedBy({ ledger, task }: NetworkFacts, { account }: NodeFacts): bigint {
  const fromAlliance = ledger.filter((one) => one.kind === 'earned' && same(one.account, account))
  const models = task?.models.filter(({ node }) => same(node, account)) ?? []
  const seats = task?.validators.filter(({ validator }) => same(validator, account)) ?? []
  const rewards = [...models, ...seats].map(({ reward }) => reward)
  return [...fromAlliance.map(({ amount }) => amount), ...rewards].reduce((a, b) => a + b, 0n)
}

function proposalsOf({ rounds }: NetworkFacts, { account }: NodeFacts): NodeOutcome['proposals'] {
  const seats = rounds.flatMap(({ proposers }) =>
    proposers.filter((seat) => same(seat.account, account)),
  )
  return { drawn: seats.length, approved: seats.filter(({ approved }) => approved).length }
}

function allianceVotes({ rounds }: NetworkFacts, { account }: NodeFacts): NodeOutcome['votes'] {
  const seats = rounds.flatMap((round) =>
    round.voters
      .filter((seat) => same(seat.account, account))
      .map(({ ballot }) => ({ cast: ballot !== undefined, won: isWithMajority(round, ballot) })),
  )
  const cast = seats.filter((seat) => seat.cast)
  const withMajority = cast.filter(({ won }) => won).length
  return { cast: cast.length, withMajority, missed: seats.length - cast.length }
}

/** With the majority is who says of the same model the same as the round's verdict. */
function isWithMajority(
  { verdict, digest }: AllianceRound,
  ballot: AllianceRound['voters'][number]['ballot'],
): boolean {
  if (ballot === undefined || verdict === 'undecided') return false
  return ballot.digest === digest && ballot.score === (verdict === 'accepted' ? 1 : -1)
}

/** In the arena nobody has a majority against him: a vote counts by how close it is, which its reward says. */
function arenaVotes({ task }: NetworkFacts, { account }: NodeFacts): NodeOutcome['votes'] {
  const seats = task?.validators.filter(({ validator }) => same(validator, account)) ?? []
  const cast = seats.filter(({ scores }) => scores !== undefined)
  const close = cast.filter(({ reward }) => reward > 0n).length
  return { cast: cast.length, withMajority: close, missed: seats.length - cast.length }
}

/** The alliance's rounds as they ended. */
export function allianceOutcome(
  { rounds, ledger, nodes }: NetworkFacts,
  measured: ReadonlyMap<number, Measured>,
): readonly AllianceRoundOutcome[] {
  return rounds.map((round, at): AllianceRoundOutcome => {
    const number = at + 1
    const entries = ledger.filter((one) => one.round === number)
    const sum = (isGain: boolean): bigint =>
      entries
        .filter(({ kind }) => (kind === 'earned') === isGain)
        .reduce((total, { amount }) => total + amount, 0n)
    return {
      round: number,
      verdict: round.verdict,
      proposers: round.proposers.map(({ account, approved }) => {
        return { name: nameOf(nodes, account), approved }
      }),
      voters: round.voters.map(({ account, ballot }) => ({
        name: nameOf(nodes, account),
        score: ballot?.score,
        withMajority: isWithMajority(round, ballot),
      })),
      paid: sum(true),
      taken: sum(false),
      accuracy: measured.get(number)?.accuracy,
      loss: measured.get(number)?.loss,
    }
  })
}

/** The arena's models, the best first, and its validators. */
export function arenaOutcome(
  { task, nodes }: NetworkFacts,
  locked: ReadonlyMap<string, bigint>,
): {
  readonly models: readonly ArenaModelOutcome[]
  readonly voters: readonly ArenaVoterOutcome[]
} {
  if (task === undefined) return { models: [], voters: [] }
  const consensus = task.models.map((model) => model.consensus)
  const places = placesOfScores(consensus)
  const models = task.models.map(({ node, consensus: points, reward }, at) => {
    const name = nameOf(nodes, node)
    const rows = nodes.find((one) => one.name === name)?.rows ?? ''
    return { name, rows, place: places[at], points, reward, locked: locked.get(name) ?? 0n }
  })
  return {
    models: models.toSorted((a, b) => b.points - a.points),
    voters: task.validators.map(({ validator, scores, reward }) => ({
      name: nameOf(nodes, validator),
      scores,
      off: distanceOf(scores, consensus),
      reward,
    })),
  }
}

function distanceOf(
  scores: TaskRound['validators'][number]['scores'],
  consensus: readonly number[],
): number | undefined {
  const off = (scores ?? []).flatMap((score, at) =>
    score === NO_SCORE ? [] : [Math.abs(score - (consensus[at] ?? 0))],
  )
  return off.length === 0 ? undefined : off.reduce((a, b) => a + b, 0) / off.length
}

function nameOf(nodes: readonly NodeFacts[], account: string): string {
  return nodes.find((node) => same(node.account, account))?.name ?? account
}

function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}
