import { PreprocessingError, parseSiloStatistics, type RoundPlan } from '@fednode/protocol'
import type { Run } from '../coordinator/coordinator.ts'
import type { Intake } from '../coordinator/update-intake.ts'

/** The intake of the statistics step: what silos send is read strictly, and of each silo once. */
export function statisticsIntake({ deps, options }: Run, plan: RoundPlan): Intake {
  const { manifest, manifestCid } = options
  return {
    check(bytes, silo) {
      try {
        parseSiloStatistics(bytes, { manifest, manifestCid, silo })
        return { ok: true }
      } catch (error) {
        if (!(error instanceof PreprocessingError)) throw error
        return { ok: false, code: 'BAD_CONTENT' }
      }
    },
    // Each names its silo: two are never the same.
    refusalOf: () => undefined,
    // How long statistics take says nothing of updates.
    noteArrival: () => {},
    keep(accepted) {
      deps.journal.acceptStatistics(accepted)
      const received = deps.journal.statistics().length
      const detail = `statistics of ${received} of ${plan.members.size} silos`
      deps.onEvent({ type: 'waiting', for: 'silos', detail })
    },
  }
}
