import type { AttackName } from '@fednode/engine'
import type { ChainManifest, Manifest, SiloName } from '@fednode/protocol'

/** Who attacks a local federation on purpose: its last `attackers` silos. */
export type PlannedAttack = { readonly name: AttackName; readonly attackers: number }

/** One silo of a local federation: its file stays where it is, its process reads it. */
export type PlannedSilo = {
  readonly name: SiloName
  readonly file: string
  /** Share of its labels that the example made wrong on purpose; 0 for a user's own file. */
  readonly flippedShare: number
  /** What it does on purpose; absent: it is honest. */
  readonly attack?: AttackName
}

/** What a local federation will run. */
export type FederationPlan<M extends Manifest = ChainManifest> = {
  readonly manifest: M
  /** Held-out rows, read by the aggregator only. */
  readonly validationFile: string
  /** The model that the manifest starts from, where it names one. */
  readonly startFile?: string
  readonly silos: readonly PlannedSilo[]
}
