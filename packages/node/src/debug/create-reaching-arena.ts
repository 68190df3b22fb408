import type { ArenaDeps, ArenaOptions } from '../arena/arena-member.ts'
import { createArenaMember } from '../arena/create-arena-member.ts'
import type { VotingNode } from '../voting/voting-node.ts'
import type { Reach } from './fault-step.ts'
import { reachingAfter } from './reaching-after.ts'

/** A member of a task; one whose parts tell when a step of a round is done, where somebody asked. */
export function createReachingArena(
  options: ArenaOptions,
  deps: ArenaDeps,
  reach: Reach | undefined,
): VotingNode {
  return createArenaMember(options, reach === undefined ? deps : reachingDeps(deps, reach))
}

function reachingDeps(deps: ArenaDeps, reach: Reach): ArenaDeps {
  const journal = reachingAfter(
    deps.journal,
    { saveModel: () => 'arena.model-journaled', saveVote: () => 'arena.vote-journaled' },
    reach,
  )
  const chain = reachingAfter(
    deps.chain,
    {
      submit: () => 'arena.model-submitted',
      commit: () => 'arena.vote-committed',
      reveal: () => 'arena.vote-revealed',
    },
    reach,
  )
  return { ...deps, journal, chain }
}
