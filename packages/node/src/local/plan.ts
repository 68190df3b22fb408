import type { Manifest, SiloName } from '@fednode/protocol'

/** One silo of a local federation: its file stays where it is, its process reads it. */
export type PlannedSilo = {
  readonly name: SiloName
  readonly file: string
  /** Share of its labels that the example made wrong on purpose; 0 for a user's own file. */
  readonly flippedShare: number
}

/** What a local federation will run. */
export type FederationPlan = {
  readonly manifest: Manifest
  /** Held-out rows, read by the aggregator only. */
  readonly validationFile: string
  readonly silos: readonly PlannedSilo[]
}
