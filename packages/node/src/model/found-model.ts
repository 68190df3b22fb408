import type { Cid, DataSpec, Manifest, Round, Weights } from '@fednode/protocol'
import type { KeptScenario } from '../runtime/find-scenario.ts'

/** A global model of a federation, and what it was made by. */
export type FoundModel = {
  readonly manifest: Manifest
  readonly manifestCid: Cid
  /** By which rows are read: the manifest's, with the scales that the silos' statistics gave where it asks for them. */
  readonly data: DataSpec
  readonly weights: Weights
  /** Of the file with the weights. */
  readonly modelCid: Cid
  /** Where it was kept; absent for a model that was given as a file. */
  readonly kept?: KeptScenario & {
    /** The round that made it. */
    readonly round: Round
    /** Layers that are not everybody's but as the silo trained them for itself; absent: there are none. */
    readonly personal?: readonly string[]
  }
}
