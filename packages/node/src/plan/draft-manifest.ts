import {
  type ChainManifest,
  type Cid,
  defaultStrategy,
  type EstimatorName,
  type LayerSpec,
  type MemberManifest,
  type StrategyName,
  type TabularData,
  type UtilityName,
} from '@fednode/protocol'

/** What the author of a federation says; the rest are cautious defaults that he may edit. */
export type Draft = {
  readonly name: string
  readonly data: TabularData
  /** CID of the held-out file. */
  readonly validation: Cid
  readonly rounds: number
  readonly strategy: StrategyName
  readonly estimator: EstimatorName
  readonly utility: UtilityName
  readonly minSilos: number
  readonly maxSilos: number
  /** Units of each hidden layer. */
  readonly hidden: readonly number[]
  readonly deadlineSeconds: number
  readonly registrationSeconds: number
  /** Currency a round, decimal text. */
  readonly reward: string
  /** Currency that opens the pool; undefined: no pool. */
  readonly market: string | undefined
  readonly seed: number
}

/** A first manifest for tabular classification. */
export function draftManifest(draft: Draft): ChainManifest {
  return {
    ...draftCore(draft),
    reward: { perRound: draft.reward, streamSeconds: 60, challengeSeconds: 5 },
    market: marketOf(draft.market),
    registration: { open: true, deadlineSeconds: draft.registrationSeconds },
    seed: draft.seed,
  }
}

/** The same for a federation without a chain: nobody registers, and nobody is paid. */
export function draftMemberManifest(
  draft: Omit<Draft, 'reward' | 'market' | 'registrationSeconds'>,
  members: MemberManifest['members'],
): MemberManifest {
  return { ...draftCore(draft), chain: 'none', members, seed: draft.seed }
}

function draftCore(
  draft: Omit<Draft, 'reward' | 'market' | 'registrationSeconds'>,
): Omit<MemberManifest, 'chain' | 'members' | 'seed'> {
  const { data } = draft
  const { label } = data
  return {
    version: 1,
    name: draft.name,
    description: `Predict ${label.column} from ${data.columns.length} columns.`,
    task: 'classification',
    data,
    model: { className: 'Sequential', layers: layersOf(draft.hidden, label.classes.length) },
    training: { optimizer: 'sgd', learningRate: 0.05, batchSize: 16, epochs: 2 },
    strategy: defaultStrategy(draft.strategy),
    rounds: {
      count: draft.rounds,
      deadlineSeconds: draft.deadlineSeconds,
      minSilos: draft.minSilos,
      maxSilos: draft.maxSilos,
    },
    contribution: {
      estimator: draft.estimator,
      utility: draft.utility,
      validation: draft.validation,
    },
    privacy: { minimumRows: 30, minimumBatch: 8 },
    limits: { updateNorm: 100 },
  }
}

function layersOf(hidden: readonly number[], classes: number): readonly LayerSpec[] {
  return [
    ...hidden.map(
      (units): LayerSpec => ({ className: 'Dense', config: { units, activation: 'relu' } }),
    ),
    { className: 'Dense', config: { units: classes, activation: 'softmax' } },
  ]
}

function marketOf(seedCurrency: string | undefined): ChainManifest['market'] {
  const shared = { tokensPerSilo: '1000000', currencyWeight: 0.5, swapFee: 0.003 }
  return seedCurrency === undefined
    ? { ...shared, siloBps: 9_500, poolBps: 0, federatorBps: 500, seedCurrency: '0' }
    : { ...shared, siloBps: 8_000, poolBps: 1_500, federatorBps: 500, seedCurrency }
}
