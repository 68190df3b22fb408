import { modelSpecOf } from '@fednode/protocol'
import { openOnce } from '../voting/open-once.ts'
import { createVotingNode, type VotingNode } from '../voting/voting-node.ts'
import { arenaHostRules } from './arena-host-rules.ts'
import type { ArenaDeps, ArenaOptions, ArenaRun } from './arena-member.ts'
import { playArena } from './play-arena.ts'

/**
 * A member of a task: listens, stays connected to others, and plays round after round. Scores and salt are on the disk before they are
 * committed to, so that kill -9 at any moment and a new start go on with the same round.
 */
export function createArenaMember(options: ArenaOptions, deps: ArenaDeps): VotingNode {
  const controller = new AbortController()
  const run = assemble(options, deps, controller.signal)
  return createVotingNode({
    host: run.host,
    bootstrap: options.bootstrap,
    logger: deps.logger,
    onEvent: deps.onEvent,
    play: () => playArena(run),
    controller,
  })
}

function assemble(options: ArenaOptions, deps: ArenaDeps, signal: AbortSignal): ArenaRun {
  const served: ArenaRun['served'] = { models: new Set() }
  return {
    options,
    deps,
    host: deps.createHost(arenaHostRules(deps.peers, served)),
    model: modelSpecOf(options.manifest),
    engine: openOnce(deps.createEngine),
    served,
    signal,
  }
}
