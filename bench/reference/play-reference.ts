import type { Dataset, Engine, ModelReport } from '../../packages/engine/src/index.ts'
import { modelSpecOf } from '../../packages/protocol/src/index.ts'
import { simulateFederation } from '../../test/lab/simulate.ts'
import type { Simulation } from '../../test/lab/simulation.ts'
import { type ReferencePlan, referenceManifest } from './reference-manifest.ts'

/** Rows of a reference federation. */
export type ReferenceRows = { readonly silos: readonly Dataset[]; readonly validation: Dataset }

/** Plays a reference federation by its manifest, in one process. @throws {ManifestError} when the plan does not hold. */
export async function playReference(
  engine: Engine,
  plan: ReferencePlan,
  rows: ReferenceRows & { isEnough?(report: ModelReport): boolean },
): Promise<Simulation> {
  const manifest = referenceManifest(plan)
  const { training, strategy, rounds, seed } = manifest
  const { sampleShare } = rounds
  return simulateFederation({
    ...rows,
    engine,
    model: modelSpecOf(manifest),
    plan: training,
    strategy,
    rounds: rounds.count,
    seed,
    ...(sampleShare === undefined ? {} : { sampleShare }),
  })
}
