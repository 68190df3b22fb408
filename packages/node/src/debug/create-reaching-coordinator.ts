import {
  type Coordinator,
  type CoordinatorDeps,
  type CoordinatorOptions,
  createCoordinator,
} from '@fednode/aggregator'
import type { Reach } from './fault-step.ts'
import { reachingAfter } from './reaching-after.ts'
import { reachingHost } from './reaching-host.ts'

/** The aggregator of a federation; one whose parts tell when a step of a round is done, where somebody asked. */
export function createReachingCoordinator(
  options: CoordinatorOptions,
  deps: CoordinatorDeps,
  reach: Reach | undefined,
): Coordinator {
  return createCoordinator(options, reach === undefined ? deps : reachingDeps(deps, reach))
}

function reachingDeps(deps: CoordinatorDeps, reach: Reach): CoordinatorDeps {
  const journal = reachingAfter(
    deps.journal,
    {
      startTerm: () => 'aggregator.term-journaled',
      beginRound: () => 'aggregator.round-journaled',
      acceptStatistics: () => 'preprocessing.statistics-journaled',
      savePreprocessing: () => 'preprocessing.journaled',
      acceptUpdate: () => 'aggregator.update-journaled',
      startClosing: () => 'aggregator.closing-journaled',
      endRound: () => 'aggregator.result-journaled',
      startTask: () => 'aggregator.task-started',
      finishTask: () => 'aggregator.task-journaled',
    },
    reach,
  )
  const mined = () => 'aggregator.tx-mined' as const
  const mining = { fundRound: mined, assertRound: mined, finalizeRound: mined, voidRound: mined }
  const chain = deps.chain === undefined ? {} : { chain: reachingAfter(deps.chain, mining, reach) }
  const hostSteps = {
    fetched: 'aggregator.update-fetched',
    announced: {
      'round-open': 'aggregator.round-announced',
      receipt: 'aggregator.receipt-announced',
      'round-result': 'aggregator.result-announced',
    },
  } as const
  return {
    ...deps,
    journal,
    ...chain,
    createHost: (rules) => reachingHost(deps.createHost(rules), hostSteps, reach),
  }
}
