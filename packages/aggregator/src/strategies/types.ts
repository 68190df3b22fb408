import type { SiloName } from '@fednode/protocol'

/** A vector of f32 values that is read in slices, from memory or from a file; reads are synchronous. */
export type ValueSource = {
  readonly length: number
  /** Copies the values [start, start + target.length) into `target`. */
  read(start: number, target: Float32Array): void
}

/** Where a new vector goes, slice by slice, in ascending order and without gaps. */
export type ValueSink = {
  /** `values` is only valid during the call. */
  write(start: number, values: Float32Array): void
}

/** What one silo sent: all weights x_i after its local training (not its change), and what lies behind them. */
export type UpdateSource = ValueSource & {
  readonly silo: SiloName
  /** Rows trained on, a positive integer. */
  readonly samples: number
  /** Local SGD steps, a positive integer (tau_i of FedNova, K_i of SCAFFOLD). */
  readonly steps: number
}

/** What a strategy works on; all vectors have the model's length. */
export type AggregationInput = {
  /** Weights that the silos started from. */
  readonly base: ValueSource
  /** At least one, each silo once, in any order. */
  readonly updates: readonly UpdateSource[]
  /** State vectors that the last round kept, by name; empty in round 1. */
  readonly state: ReadonlyMap<string, ValueSource>
  readonly localLearningRate: number
  /** Registered silos, N of SCAFFOLD. */
  readonly clients: number
}

/** The new global model. */
export type Aggregate = {
  readonly values: Float32Array
  /**
   * How much each update counted, in ascending silo order: sums to 1, 0 is left out; all 0 when nothing counted and the model stayed.
   * Coordinate-wise methods count all updates that they looked at alike.
   */
  readonly counted: readonly number[]
}

/**
 * A new model as sums of vectors: (sum_i updates_i x_i + base * b + sum_k states_k s_k) / divisor. Sums run in f64: updates in
 * ascending silo order, then the base, then the states in their order here; terms with weight 0 are left out; one division, one
 * rounding to f32.
 */
export type Blend = {
  readonly updates: Float64Array
  readonly base: number
  readonly states?: readonly (readonly [name: string, weight: number])[]
  readonly divisor: number
}
