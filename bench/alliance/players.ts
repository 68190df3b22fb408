import type { AllianceBallot } from '../../packages/contracts/src/index.ts'
import { mirrorTargets } from '../../packages/engine/src/index.ts'
import type { AllianceChain } from '../../packages/node/src/alliance/alliance-chain.ts'
import type { AllianceDeps } from '../../packages/node/src/alliance/alliance-node.ts'
import type { HonestUpdate } from '../../packages/node/src/silo/spoil-update.ts'

/** What malicious nodes do. Who spoils what it proposes also lies about what others propose. */
export const MISCHIEF = ['label-flip', 'sign-flip', 'lying-votes', 'silence'] as const
export type Mischief = (typeof MISCHIEF)[number]

/** The parts of a node, changed for its mischief; the node itself is an honest one's. */
export function spoiled(deps: AllianceDeps, mischief: Mischief): AllianceDeps {
  switch (mischief) {
    case 'silence':
      return { ...deps, chain: silent(deps.chain) }
    case 'lying-votes':
      return { ...deps, chain: lying(deps.chain) }
    case 'sign-flip':
      return { ...deps, chain: lying(deps.chain), spoilUpdate: async (made) => turned(made) }
    case 'label-flip': {
      const data = { ...deps.data, trained: mirrorTargets(deps.data.trained) }
      return { ...deps, chain: lying(deps.chain), data }
    }
  }
}

/** Says the opposite of what it found. */
function lying(chain: AllianceChain): AllianceChain {
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

/** Takes part, and says nothing. */
function silent(chain: AllianceChain): AllianceChain {
  const never = async (): Promise<void> => {}
  return { ...chain, contribute: never, commitVote: never, revealVote: never }
}

/** As far from the global model as what was trained, in the other direction. */
function turned({ base, trained }: HonestUpdate): HonestUpdate['trained'] {
  const values = trained.values.map((value, i) => 2 * (base.values[i] ?? 0) - value)
  return { specs: trained.specs, values }
}
