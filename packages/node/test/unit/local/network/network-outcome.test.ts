import { describe, expect, it } from 'vitest'
import { gainOf, gapOf } from '../../../../src/local/network/gain-of.ts'
import {
  allianceOutcome,
  arenaOutcome,
  nodeOutcomes,
} from '../../../../src/local/network/network-outcome.ts'
import { networkFacts } from './network-facts.ts'

const FEE = 5n

describe('what a local network came to', () => {
  const nodes = nodeOutcomes(networkFacts(), FEE)
  const of = (name: string) => nodes.find((node) => node.name === name)

  it('tells what rounds gave from what reports gave', () => {
    expect(of('ann')).toMatchObject({ earned: 60n, reported: 0n })
    expect(of('ben')).toMatchObject({ earned: 40n, reported: 2n })
    expect(of('uma')).toMatchObject({ earned: 50n, reported: 0n, fee: FEE })
    for (const { received, earned, reported } of nodes) expect(earned + reported).toBe(received)
  })

  it('counts votes cast, won and missed, and proposals that were approved of', () => {
    expect(of('ann')?.proposals).toEqual({ drawn: 1, approved: 1 })
    expect(of('ben')?.votes).toEqual({ cast: 1, withMajority: 1, missed: 0 })
    expect(of('cem')?.votes).toEqual({ cast: 1, withMajority: 0, missed: 0 })
    expect(of('dora')?.votes).toEqual({ cast: 0, withMajority: 0, missed: 1 })
    expect(of('eve')?.votes).toEqual({ cast: 1, withMajority: 1, missed: 0 })
    expect(of('tom')?.votes).toEqual({ cast: 0, withMajority: 0, missed: 0 })
  })

  it('is a gain of what was earned less all that was taken', () => {
    expect(nodes.map(gainOf)).toEqual([60n, 42n, -10n, -20n, 25n, 45n, 20n])
  })

  it('compares the poorest honest ally with the richest malicious one', () => {
    expect(gapOf(nodes)).toEqual({ poorest: -20n, richest: -10n })
  })

  it('sums what each round of the alliance paid and took, and names who was with the majority', () => {
    const measured = new Map([[1, { accuracy: 0.8, loss: 0.5 }]])
    expect(allianceOutcome(networkFacts(), measured)).toEqual([
      {
        round: 1,
        verdict: 'accepted',
        proposers: [{ name: 'ann', approved: true }],
        voters: [
          { name: 'ben', score: 1, withMajority: true },
          { name: 'cem', score: -1, withMajority: false },
          { name: 'dora', score: undefined, withMajority: false },
        ],
        paid: 100n,
        taken: 30n,
        accuracy: 0.8,
        loss: 0.5,
      },
    ])
  })

  it('has nobody with the majority in a round without a verdict', () => {
    const facts = networkFacts()
    const rounds = facts.rounds.map((round) => ({ ...round, verdict: 'undecided' as const }))
    const [round] = allianceOutcome({ ...facts, rounds }, new Map())
    expect(round?.voters.some(({ withMajority }) => withMajority)).toBe(false)
    expect(round?.accuracy).toBeUndefined()
  })

  it("ranks the arena's models and says how far off validators were", () => {
    const { models, voters } = arenaOutcome(networkFacts(), new Map([['uma', 40n]]))
    expect(models.map(({ name, place, points, locked }) => [name, place, points, locked])).toEqual([
      ['uma', 1, 8_000, 40n],
      ['tom', 2, 5_000, 0n],
    ])
    expect(voters).toEqual([{ name: 'eve', scores: [5_100, 7_900], off: 100, reward: 20n }])
  })

  it('has no arena where its only round was void', () => {
    const facts = { ...networkFacts(), task: undefined }
    expect(arenaOutcome(facts, new Map())).toEqual({ models: [], voters: [] })
  })
})
