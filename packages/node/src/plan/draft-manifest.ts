import {
  type ChainManifest,
  type Cid,
  type DataSpec,
  defaultStrategy,
  type EstimatorName,
  type MemberManifest,
  type StrategyName,
  taskOf,
  type UtilityName,
} from '@fednode/protocol'
import { defaultModel, defaultTraining } from './default-model.ts'
import { describeData } from './describe-data.ts'

/** What the author of a federation says; the rest are cautious defaults that he may edit. */
export type Draft = {
  readonly name: string
  readonly data: DataSpec
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

/** Rows that a silo must have, in a first manifest. */
export const DEFAULT_MINIMUM_ROWS = 30

/** Largest change of a model without many rare weights, and of one with a vector for each word. */
const UPDATE_NORM = 100
const TEXT_UPDATE_NORM = 1_000

/** A first manifest for some data. */
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
  const { data, hidden } = draft
  const task = taskOf(data)
  return {
    version: 1,
    name: draft.name,
    description: `${describeData(data)}.`,
    task,
    data,
    model: defaultModel(task, data, hidden),
    training: defaultTraining(task, data),
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
    privacy: { minimumRows: DEFAULT_MINIMUM_ROWS, minimumBatch: 8 },
    limits: { updateNorm: data.kind === 'text' ? TEXT_UPDATE_NORM : UPDATE_NORM },
  }
}

function marketOf(seedCurrency: string | undefined): ChainManifest['market'] {
  const shared = { tokensPerSilo: '1000000', currencyWeight: 0.5, swapFee: 0.003 }
  return seedCurrency === undefined
    ? { ...shared, siloBps: 9_500, poolBps: 0, federatorBps: 500, seedCurrency: '0' }
    : { ...shared, siloBps: 8_000, poolBps: 1_500, federatorBps: 500, seedCurrency }
}
