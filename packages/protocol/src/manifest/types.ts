import type { DataSpec, PreprocessingSpec, TaskName } from './data-types.ts'
import type { ModelTopology } from './topology-types.ts'
import type { TrainingPlan } from './training-types.ts'

/** How silos' updates are counted: by the samples behind them, or all alike. */
export type Weighting = 'samples' | 'equal'

/**
 * How one global model is made of the silos' updates. Options that are left out have the defaults of the method's paper, see
 * docs/CONTRIBUTION.md and aggregator/strategies. `attackers` is how many silos a robust method has to bear (f in the papers).
 */
export type StrategySpec =
  | { readonly name: 'fedavg' | 'fednova'; readonly weighting: Weighting }
  | {
      readonly name: 'fedavgm'
      readonly weighting: Weighting
      readonly serverLearningRate?: number
      readonly momentum?: number
    }
  | {
      readonly name: 'fedadagrad' | 'fedadam' | 'fedyogi'
      readonly weighting: Weighting
      readonly serverLearningRate?: number
      readonly beta1?: number
      readonly beta2?: number
      /** Degree of adaptivity (tau in the paper). */
      readonly adaptivity?: number
    }
  | { readonly name: 'fedprox'; readonly weighting: Weighting; readonly proximal?: number }
  | {
      readonly name: 'scaffold'
      readonly weighting: Weighting
      readonly serverLearningRate?: number
    }
  | { readonly name: 'median'; readonly weighting: 'equal' }
  | { readonly name: 'trimmed-mean'; readonly weighting: 'equal'; readonly trim?: number }
  | { readonly name: 'krum' | 'bulyan'; readonly weighting: 'equal'; readonly attackers?: number }
  | {
      readonly name: 'multi-krum'
      readonly weighting: 'equal'
      readonly attackers?: number
      readonly keep?: number
    }
  | {
      readonly name: 'geometric-median'
      readonly weighting: Weighting
      readonly iterations?: number
      readonly smoothing?: number
    }
  | {
      readonly name: 'centered-clipping'
      readonly weighting: 'equal'
      readonly radius?: number
      readonly iterations?: number
      readonly momentum?: number
    }
  | { readonly name: 'norm-clipping'; readonly weighting: Weighting; readonly bound?: number }
  | { readonly name: 'foolsgold'; readonly weighting: 'equal' }

/** Name of a strategy. */
export type StrategyName = StrategySpec['name']

/** How an update travels: as it is, as half floats, as bytes with a scale per output unit, or only its largest changes. */
export type CompressionSpec =
  | { readonly kind: 'none' | 'fp16' | 'int8' }
  /** `ratio` of all weights travel; what was left out is added to the next update (error feedback). */
  | { readonly kind: 'top-k'; readonly ratio: number }

/** What is measured of a model besides its loss; which of them depends on the task. */
export type MetricName =
  | 'accuracy'
  | 'balanced-accuracy'
  | 'auc'
  | 'f1'
  | 'log-loss'
  | 'calibration-error'
  | 'rmse'
  | 'mae'
  | 'c-index'

/** What a model is worth on the held-out rows; more is better. */
export type UtilityName =
  | 'accuracy'
  | 'negative-loss'
  | 'balanced-accuracy'
  | 'auc'
  | 'f1'
  | 'negative-rmse'
  | 'negative-mae'
  | 'c-index'

/** How values are computed from utilities of coalitions; `auto` is exact up to 12 silos and centered-regression above. */
export type EstimatorName =
  | 'auto'
  | 'exact'
  | 'leave-one-out'
  | 'equal'
  | 'samples'
  | 'own-utility'
  | 'permutation'
  | 'antithetic'
  | 'tmc'
  | 'gtg'
  | 'svarm'
  | 'kernelshap'
  | 'leverageshap'
  | 'centered-regression'

/** When an estimator stops, whichever comes first. */
export type EstimationBudget = {
  /** Distinct coalitions that are evaluated. @default 16 a silo */
  readonly evaluations?: number
  /** Largest standard error that is good enough, in the utility's unit. */
  readonly standardError?: number
  readonly seconds?: number
}

/** How contributions are measured. */
export type ContributionSpec = {
  readonly estimator: EstimatorName
  readonly utility: UtilityName
  /** CID of the held-out validation file (raw codec over the file's bytes). */
  readonly validation: string
  /** Part of the validation rows that one round is measured on, drawn by its seed (T34); absent: all. */
  readonly validationShare?: number
  readonly budget?: EstimationBudget
  /** Also measure what each silo adds to every class. */
  readonly classWise?: boolean
  /** A round whose positive values sum to less pays nobody and carries its pot; in the utility's unit. @default 0 */
  readonly minimumGain?: number
  /** How far a utility recomputed on another back end may lie from the stated one. @default 1e-5 */
  readonly tolerance?: number
  /** Peers that may read all updates, to recompute what a round pays; each silo consents to them with the manifest. */
  readonly verifiers?: readonly string[]
}

/** What every round must at least hold: reward.perRound in round 1, and `ratio` times as much in each next one when it is geometric. */
export type RewardSchedule =
  | { readonly kind: 'fixed' }
  | { readonly kind: 'geometric'; readonly ratio: number }

/** What is staked on an outcome, and who decides whether it stands: a resolver that is there, or attesters. Addresses in lower case. */
export type DisputeTerms = {
  readonly bond: string
  readonly resolver?: string
  /** Accounts who recompute a round; `threshold` of them decide. */
  readonly attesters?: readonly string[]
  readonly threshold?: number
}

/** What a round pays. */
export type RewardTerms = {
  readonly perRound: string
  /** Makes the chain hold the federator to pots; absent: he may fund a round with less. */
  readonly schedule?: RewardSchedule
  readonly streamSeconds: number
  readonly challengeSeconds: number
}

/** How silos' tokens are issued and traded. */
type MarketTerms = {
  readonly tokensPerSilo: string
  readonly siloBps: number
  readonly poolBps: number
  readonly federatorBps: number
  readonly seedCurrency: string
  readonly currencyWeight: number
  readonly swapFee: number
  /** How many times tokensPerSilo the federator may give a silo; absent: all get the same. */
  readonly maxIssuance?: number
}

/** What the contracts hold a federation to. */
type ChainTerms = {
  readonly chain?: never
  readonly members?: never
  readonly reward: RewardTerms
  readonly market: MarketTerms
  /** How a wrong outcome is contested on chain; absent: it cannot be. */
  readonly dispute?: DisputeTerms
  /** Account that may pause the market and new rounds for a bounded time, lower case; absent: nobody may. */
  readonly guardian?: string
  readonly registration: { readonly open: boolean; readonly deadlineSeconds: number }
}

/** Who takes part where no chain says so, by peer id. */
export type MemberList = {
  readonly aggregator: string
  readonly silos: readonly { readonly name: string; readonly peerId: string }[]
}

/** A federation without a chain: its members are listed, values are measured and nobody is paid. */
type MemberTerms = {
  readonly chain: 'none'
  readonly members: MemberList
  readonly reward?: never
  readonly market?: never
  readonly dispute?: never
  readonly guardian?: never
  readonly registration?: never
}

/** Everything that a silo's administrator approves, on a chain or without one. */
export type Manifest = ManifestCore & (ChainTerms | MemberTerms)
/** A manifest that a Scenario anchors. */
export type ChainManifest = ManifestCore & ChainTerms
/** A manifest that stands by itself. */
export type MemberManifest = ManifestCore & MemberTerms

/** How silos measure global models on their own rows. */
export type EvaluationSpec = {
  /** Part of a silo's rows, in whole groups, that it never trains on; where these are fewer than MIN_EVALUATED_ROWS it measures nothing. */
  readonly share: number
}

/** What every manifest says. Amounts are decimal strings of whole tokens or currency ("100.5"). */
type ManifestCore = {
  readonly version: 1
  readonly name: string
  readonly description: string
  readonly task: TaskName
  readonly data: DataSpec
  /** Absent: the schema stands as it is. */
  readonly preprocessing?: PreprocessingSpec
  readonly model: ModelTopology
  readonly training: TrainingPlan
  readonly strategy: StrategySpec
  /** How updates travel; absent: as they are. */
  readonly compression?: CompressionSpec
  readonly rounds: {
    readonly count: number
    readonly deadlineSeconds: number
    readonly minSilos: number
    readonly maxSilos: number
    /** Part of the silos whose updates suffice once stragglers had the time that updates usually take; absent: all. */
    readonly targetShare?: number
    /** Part of the silos that are drawn for each round, never fewer than minSilos; absent: all take part. */
    readonly sampleShare?: number
  }
  readonly contribution: ContributionSpec
  /** Silos state how good each global model is on rows of theirs; absent: they do not. */
  readonly evaluation?: EvaluationSpec
  /** Rules for what leaves a silo. */
  readonly privacy: { readonly minimumRows: number; readonly minimumBatch: number }
  readonly limits: {
    /** Largest L2 norm of (update - base) that is accepted. */
    readonly updateNorm: number
    /** Rows that one silo may state at most: what it says of its rows decides how much it counts. */
    readonly maxRows?: number
  }
  /** Seeds every pseudo-random choice: initial weights, shuffles. */
  readonly seed: number
}
