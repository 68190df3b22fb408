/** One column of the silos' tables. */
export type ColumnSpec = {
  readonly name: string
  readonly type: 'number' | 'integer' | 'category'
  /** Unit for people: "mg/dl", "years". */
  readonly unit?: string
  /** Allowed values of a category column, in the order of its one-hot encoding. */
  readonly categories?: readonly string[]
  /** Cell texts that mean "missing", for example "?" or "". */
  readonly missing?: readonly string[]
  readonly min?: number
  readonly max?: number
  /** x becomes (x - mean) / deviation before training; absent: as it is. */
  readonly scale?: { readonly mean: number; readonly deviation: number }
}

/** Rows of a table: features by column, one label column. */
export type TabularData = {
  readonly kind: 'table'
  readonly columns: readonly ColumnSpec[]
  readonly label: { readonly column: string; readonly classes: readonly string[] }
  /** What happens to a row with a missing value. */
  readonly missingRows: 'drop' | 'refuse'
}

/** Arrays of bytes: a safetensors file with `features` U8 [n, ...shape] (divided by 255) and `labels` U8 [n]. */
export type ArrayData = {
  readonly kind: 'array'
  readonly shape: readonly number[]
  readonly classes: readonly string[]
}

/** Local training, the same at every silo. */
export type TrainingPlan = {
  readonly optimizer: 'sgd'
  readonly learningRate: number
  readonly batchSize: number
  readonly epochs: number
  /** Largest L2 norm of one batch's gradient; absent: no clipping. */
  readonly clipNorm?: number
}

/**
 * One layer of a TensorFlow.js Sequential model, in the form of its layers JSON: data, never code. The allow-list of classes and
 * the schema of each class's config are in manifest/topology.ts (T20).
 */
export type LayerSpec =
  | {
      readonly className: 'Dense'
      readonly config: {
        readonly units: number
        readonly activation?: 'linear' | 'relu' | 'tanh' | 'sigmoid' | 'softmax'
        readonly useBias?: boolean
      }
    }
  | { readonly className: 'Flatten'; readonly config: Record<string, never> }

/** A TensorFlow.js Sequential; the input shape follows from the data, the last layer has one softmax unit per class. */
export type ModelTopology = {
  readonly className: 'Sequential'
  readonly layers: readonly LayerSpec[]
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

/** Everything that a silo's administrator approves. Amounts are decimal strings of whole tokens or currency ("100.5"). */
export type Manifest = {
  readonly version: 1
  readonly name: string
  readonly description: string
  readonly task: 'classification'
  readonly data: TabularData | ArrayData
  readonly model: ModelTopology
  readonly training: TrainingPlan
  readonly strategy: { readonly name: 'fedavg'; readonly weighting: 'samples' | 'equal' }
  readonly rounds: {
    readonly count: number
    readonly deadlineSeconds: number
    readonly minSilos: number
    readonly maxSilos: number
  }
  readonly contribution: {
    readonly estimator: 'exact'
    readonly utility: 'accuracy' | 'negative-loss'
    /** CID of the held-out validation file (raw codec over the file's bytes). */
    readonly validation: string
  }
  /** Rules for what leaves a silo. */
  readonly privacy: { readonly minimumRows: number; readonly minimumBatch: number }
  /** Largest L2 norm of (update - base) that is accepted. */
  readonly limits: { readonly updateNorm: number }
  readonly reward: {
    readonly perRound: string
    /** Makes the chain hold the federator to pots; absent: he may fund a round with less. */
    readonly schedule?: RewardSchedule
    readonly streamSeconds: number
    readonly challengeSeconds: number
  }
  readonly market: {
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
  /** How a wrong outcome is contested on chain; absent: it cannot be. */
  readonly dispute?: DisputeTerms
  /** Account that may pause the market and new rounds for a bounded time, lower case; absent: nobody may. */
  readonly guardian?: string
  readonly registration: { readonly open: boolean; readonly deadlineSeconds: number }
  /** Seeds every pseudo-random choice: initial weights, shuffles. */
  readonly seed: number
}
