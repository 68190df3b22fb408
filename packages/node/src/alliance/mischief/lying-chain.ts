import type { AllianceBallot } from '@fednode/contracts'
import type { AllianceChain } from '../alliance-chain.ts'

/** The chain of a voter that says the opposite of what it found; everything else in it is honest. Only for simulated attackers. */
export function lyingChain(chain: AllianceChain): AllianceChain {
  let contributed = 0n
  const lie = (ballot: AllianceBallot): AllianceBallot => ({
    ...ballot,
    score: ballot.score === 1 ? -1 : 1,
    approved: ~ballot.approved & contributed,
  })
  return {
    ...chain,
    async round(number) {
      const round = await chain.round(number)
      contributed = 0n
      for (const [seat, { contribution }] of round.proposers.entries()) {
        if (contribution !== undefined) contributed |= 1n << BigInt(seat)
      }
      return round
    },
    commitmentOf: (vote) => chain.commitmentOf({ ...vote, ballot: lie(vote.ballot) }),
    revealVote: (seat, ballot, salt) => chain.revealVote(seat, lie(ballot), salt),
  }
}
