import type { Engine } from '../../packages/engine/src/index.ts'
import type { SharedDataName } from '../../test/lab/data/shared-data.ts'

/** A federation whose result is compared with a published or pooled one. */
export type Reference = {
  /** As in the cases of the benchmark. */
  readonly name: string
  readonly data: SharedDataName
  /** Unit of target and result: "accuracy", "mg/dl". */
  readonly unit: string
  /** Takes many minutes: run only with --long. */
  readonly isLong?: true
  /** Plays it once from a seed. */
  play(engine: Engine, seed: number): Promise<Played>
}

/** What one play came to, beside what it is to reach. */
export type Played = {
  readonly result: number
  /** The figure to compare with; measured in the same play where it is one of ours. */
  readonly target: Target
}

/** `near`: no further off than `within`. */
export type Target =
  | { readonly kind: 'least' | 'most'; readonly value: number }
  | { readonly kind: 'near'; readonly value: number; readonly within: number }
