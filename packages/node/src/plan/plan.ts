import type { ScenarioState } from '@fednode/contracts'
import type { ChainManifest, Cid, Manifest } from '@fednode/protocol'

/** A manifest, where it came from, and its name. */
export type Plan = {
  readonly manifest: Manifest
  readonly cid: Cid
  readonly bytes: Uint8Array
  /** Path, or address of a Scenario. */
  readonly source: string
}

/** A plan that a Scenario can anchor. */
export type ChainPlan = Plan & { readonly manifest: ChainManifest }

/** A plan as anchored in a Scenario. */
export type ScenarioPlan = ChainPlan & { readonly state: ScenarioState }
