import type { CoalitionModels } from '../../packages/aggregator/src/index.ts'
import type { AttackSpec, Dataset, Engine, ModelReport } from '../../packages/engine/src/index.ts'
import type {
  ModelSpec,
  StrategySpec,
  TrainingPlan,
  Weights,
} from '../../packages/protocol/src/index.ts'

/** A federation to play in one process. */
export type SimulationOptions = {
  readonly engine: Engine
  readonly model: ModelSpec
  readonly plan: TrainingPlan
  /** One data set per silo. */
  readonly silos: readonly Dataset[]
  readonly strategy: StrategySpec
  readonly rounds: number
  /** Seeds initial weights, shuffles and attacks. */
  readonly seed: number
  /** Weights to begin with; absent: the engine's own, by the seed. */
  readonly start?: Weights
  /** Rows that every round's model is evaluated on. */
  readonly validation: Dataset
  /** What the last `attackers` silos do; absent: all are honest. */
  readonly attack?: AttackSpec
  readonly attackers?: number
  /** Part of the silos that train in a round, drawn as by a manifest's rounds.sampleShare; absent: all. */
  readonly sampleShare?: number
  /** Ends the play after the first round of which it holds. */
  isEnough?(report: ModelReport): boolean
  /** Sees every round before its updates are aggregated. */
  watch?(round: SimulatedRound): Promise<void>
  /** Largest L2 norm of (update - base) that attackers may send; absent: any. */
  readonly largestNorm?: number
}

/** One silo's update of the last round. */
export type SimulatedUpdate = {
  /** Place in `silos`. */
  readonly silo: number
  readonly weights: Weights
  readonly samples: number
  /** Local SGD steps. */
  readonly steps: number
}

/** A round whose updates are in. */
export type SimulatedRound = {
  readonly base: Weights
  readonly updates: readonly SimulatedUpdate[]
  /** What the strategy would make of any part of them; bit i is the i-th update. */
  readonly models: CoalitionModels
}

/** What a simulated federation came to. */
export type Simulation = {
  /** After each round; a round whose model is not finite leaves the model as it was (T40) and repeats its evaluation. */
  readonly rounds: readonly (ModelReport & { readonly isVoid: boolean })[]
  /** The last round's incoming model, its updates, and what came of them. */
  readonly base: Weights
  readonly updates: readonly SimulatedUpdate[]
  readonly model: Weights
}
