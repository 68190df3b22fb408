import { modelSpecOf } from '@fednode/protocol'
import { openOnce } from '../voting/open-once.ts'
import { createVotingNode, type VotingNode } from '../voting/voting-node.ts'
import { allianceHostRules } from './alliance-host-rules.ts'
import type { AllianceDeps, AllianceOptions, AllianceRun } from './alliance-node.ts'
import { playAlliance } from './play-alliance.ts'

/**
 * A node of an alliance: listens, stays connected to other participants, and plays round after round. A vote is on the disk before it is
 * committed to, so that kill -9 at any moment and a new start go on with the same round.
 */
export function createAllianceNode(options: AllianceOptions, deps: AllianceDeps): VotingNode {
  const controller = new AbortController()
  const run = assemble(options, deps, controller.signal)
  return createVotingNode({
    host: run.host,
    bootstrap: options.bootstrap,
    logger: deps.logger,
    prepare() {
      for (const cid of deps.journal.models()) run.served.models.add(cid)
    },
    onEvent: deps.onEvent,
    play: () => playAlliance(run),
    controller,
  })
}

function assemble(options: AllianceOptions, deps: AllianceDeps, signal: AbortSignal): AllianceRun {
  const served: AllianceRun['served'] = {
    models: new Set(),
    contributions: new Set(),
    voters: new Set(),
  }
  return {
    options,
    deps,
    host: deps.createHost(allianceHostRules(deps, served)),
    model: modelSpecOf(options.manifest),
    engine: openOnce(deps.createEngine),
    served,
    signal,
  }
}
