import type { Dataset, Engine, ModelReport } from '../../packages/engine/src/index.ts'
import { modelSpecOf, type Weights } from '../../packages/protocol/src/index.ts'
import { simulateFederation } from '../../test/lab/simulate.ts'
import type { Simulation } from '../../test/lab/simulation.ts'
import { type ReferencePlan, referenceManifest } from './reference-manifest.ts'

/** Rows of a reference federation. */
export type ReferenceRows = { readonly silos: readonly Dataset[]; readonly validation: Dataset }

/** Plays a reference federation by its manifest, in one process. @throws {ManifestError} when the plan does not hold. */
export async function playReference(
  engine: Engine,
  plan: ReferencePlan,
  rows: ReferenceRows & {
    /** @default as the engine begins by the seed */
    start?(fresh: Weights): Weights
    isEnough?(report: ModelReport): boolean
  },
): Promise<Simulation> {
  const manifest = referenceManifest(plan)
  const { training, strategy, rounds, seed } = manifest
  const { sampleShare } = rounds
  const { start, ...rest } = rows
  const model = modelSpecOf(manifest)
  return simulateFederation({
    ...rest,
    engine,
    model,
    ...(start === undefined ? {} : { start: start(engine.initialWeights(model, seed)) }),
    plan: training,
    strategy,
    rounds: rounds.count,
    seed,
    ...(sampleShare === undefined ? {} : { sampleShare }),
  })
}
