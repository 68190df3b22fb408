import type { Manifest } from '@fednode/protocol'

/** What an update of `samples` rows counts under the manifest's weighting: its samples, or one. */
export function weightOf(weighting: Manifest['strategy']['weighting'], samples: number): number {
  return weighting === 'samples' ? samples : 1
}
