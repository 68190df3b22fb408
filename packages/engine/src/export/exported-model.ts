import type { ModelSpec, Weights } from '@fednode/protocol'

/** A trained model and what is to be known of it in every file that it is written to. */
export type ExportedModel = {
  readonly model: ModelSpec
  readonly weights: Weights
  /** Texts by key: which federation, round and manifest it is of. */
  readonly notes: Readonly<Record<string, string>>
}
