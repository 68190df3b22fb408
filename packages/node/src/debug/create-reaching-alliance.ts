import type { AllianceDeps, AllianceOptions } from '../alliance/alliance-node.ts'
import { createAllianceNode } from '../alliance/create-alliance-node.ts'
import type { VotingNode } from '../voting/voting-node.ts'
import type { Reach } from './fault-step.ts'
import { reachingAfter } from './reaching-after.ts'

/** A node of an alliance; one whose parts tell when a step of a round is done, where somebody asked. */
export function createReachingAlliance(
  options: AllianceOptions,
  deps: AllianceDeps,
  reach: Reach | undefined,
): VotingNode {
  return createAllianceNode(options, reach === undefined ? deps : reachingDeps(deps, reach))
}

function reachingDeps(deps: AllianceDeps, reach: Reach): AllianceDeps {
  const journal = reachingAfter(
    deps.journal,
    {
      saveContribution: () => 'alliance.contribution-journaled',
      saveVote: () => 'alliance.vote-journaled',
    },
    reach,
  )
  const chain = reachingAfter(
    deps.chain,
    {
      contribute: () => 'alliance.contributed',
      commitVote: () => 'alliance.vote-committed',
      revealVote: () => 'alliance.vote-revealed',
    },
    reach,
  )
  return { ...deps, journal, chain }
}
