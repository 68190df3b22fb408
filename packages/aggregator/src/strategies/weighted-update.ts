import type { Manifest, SiloName } from '@fednode/protocol'

/** One silo's weights and how much they count in the average. */
export type WeightedUpdate = {
  readonly silo: SiloName
  /** Flat weights of the whole model. */
  readonly values: Float32Array
  /** Positive; see weightOf. */
  readonly weight: number
}

/** What an update of `samples` rows counts under the manifest's weighting: its samples, or one. */
export function weightOf(weighting: Manifest['strategy']['weighting'], samples: number): number {
  return weighting === 'samples' ? samples : 1
}
