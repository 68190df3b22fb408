import { createSilo } from '../silo/create-silo.ts'
import type { Silo, SiloDeps, SiloOptions } from '../silo/silo.ts'
import type { Reach } from './fault-step.ts'
import { reachingAfter } from './reaching-after.ts'
import { reachingHost } from './reaching-host.ts'

/** A silo; one whose parts tell when a step of a round is done, where somebody asked. */
export function createReachingSilo(
  options: SiloOptions,
  deps: SiloDeps,
  reach: Reach | undefined,
): Silo {
  return createSilo(options, reach === undefined ? deps : reachingDeps(deps, reach))
}

function reachingDeps(deps: SiloDeps, reach: Reach): SiloDeps {
  const journal = reachingAfter(
    deps.journal,
    {
      saveBase: () => 'silo.base-journaled',
      saveOpening: () => 'silo.opening-journaled',
      saveUpdate: () => 'silo.update-journaled',
      saveReceipt: () => 'silo.receipt-journaled',
      saveResult: () => 'silo.result-journaled',
    },
    reach,
  )
  const hostSteps = {
    fetched: 'silo.blob-fetched',
    announced: { 'update-ready': 'silo.update-announced' },
  } as const
  return {
    ...reachingAfter(deps, { saveModel: () => 'silo.model-saved' }, reach),
    journal,
    createHost: (rules) => reachingHost(deps.createHost(rules), hostSteps, reach),
    createEngine: async () =>
      reachingAfter(await deps.createEngine(), { train: () => 'silo.trained' }, reach),
  }
}
