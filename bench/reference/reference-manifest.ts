import { draftManifest } from '../../packages/node/src/plan/draft-manifest.ts'
import {
  type ChainManifest,
  cidOfBytes,
  type DataSpec,
  encodeManifest,
  type ModelTopology,
  type StrategySpec,
  type TrainingPlan,
  taskOf,
} from '../../packages/protocol/src/index.ts'

/** What a reference federation says of itself; the rest are the defaults of `fednode federation init`. */
export type ReferencePlan = {
  readonly name: string
  readonly data: DataSpec
  readonly rounds: number
  readonly training: TrainingPlan
  /** @default FedAvg by samples */
  readonly strategy?: StrategySpec
  /** @default as `federation init` writes it: linear, or the mean of word vectors */
  readonly model?: ModelTopology
  readonly sampleShare?: number
  readonly seed: number
}

const UTILITIES = {
  classification: 'accuracy',
  regression: 'negative-rmse',
  survival: 'c-index',
  anomaly: 'negative-loss',
} as const
const MAX_SILOS = 100

/** The manifest of a reference federation. @throws {ManifestError} when it does not hold. */
export function referenceManifest(plan: ReferencePlan): ChainManifest {
  const { data, training, rounds, sampleShare } = plan
  const draft = draftManifest({
    ...plan,
    // Nobody is paid here, so there is no file of held-out rows to name.
    validation: cidOfBytes(new Uint8Array()),
    strategy: 'fedavg',
    estimator: 'equal',
    utility: UTILITIES[taskOf(data)],
    minSilos: 1,
    maxSilos: MAX_SILOS,
    hidden: [],
    deadlineSeconds: 600,
    registrationSeconds: 600,
    reward: '0',
    market: undefined,
  })
  const manifest = {
    ...draft,
    training,
    strategy: plan.strategy ?? draft.strategy,
    model: plan.model ?? draft.model,
    rounds: {
      ...draft.rounds,
      count: rounds,
      ...(sampleShare === undefined ? {} : { sampleShare }),
    },
    // Published batches are smaller than what `federation init` allows.
    privacy: { minimumRows: 1, minimumBatch: 1 },
  }
  encodeManifest(manifest)
  return manifest
}
