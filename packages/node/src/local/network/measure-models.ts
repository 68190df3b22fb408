import { type Dataset, type Engine, loadDataset } from '@fednode/engine'
import {
  BlobError,
  cidFromDigest,
  decodeWeights,
  type Manifest,
  modelSpecOf,
  readStoredBlob,
} from '@fednode/protocol'
import { keptScenarios } from '../../runtime/find-scenario.ts'
import { scenarioPaths } from '../../runtime/scenario-directory.ts'

/** How good a model is on rows that nobody trains on. */
export type Measured = { readonly accuracy: number; readonly loss: number }

/** Measures an alliance's models while its nodes have them: who has gone on keeps the present one only. */
export type ModelMeter = {
  /** @param digest - of the model, as the chain has it. @returns undefined where no node has it. */
  measure(digest: `0x${string}`): Promise<Measured | undefined>
  /** Of the model that everybody begins with. */
  readonly before: Measured
}

/** @param directories - of the alliance's nodes, whose stores are read and never written. */
export async function createModelMeter(
  engine: Engine,
  about: {
    readonly manifest: Manifest
    readonly heldOutFile: string
    readonly directories: readonly string[]
  },
): Promise<ModelMeter> {
  const { manifest, heldOutFile, directories } = about
  const { dataset } = await loadDataset(heldOutFile, manifest.data)
  const model = modelSpecOf(manifest)
  const before = engine.initialWeights(model, manifest.seed)
  return {
    before: reportOf(engine, { model, weights: before, dataset }),
    async measure(digest) {
      const bytes = await readModel(directories, digest)
      if (bytes === undefined) return undefined
      const weights = decodeWeights(bytes, engine.weightSpecs(model))
      return reportOf(engine, { model, weights, dataset })
    },
  }
}

function reportOf(
  engine: Engine,
  about: {
    readonly model: Parameters<Engine['evaluate']>[0]
    readonly weights: Parameters<Engine['evaluate']>[1]
    readonly dataset: Dataset
  },
): Measured {
  const { metrics, loss } = engine.evaluate(about.model, about.weights, about.dataset)
  return { accuracy: metrics.accuracy ?? 0, loss }
}

/** Any of them will do: a blob is its digest. */
async function readModel(
  directories: readonly string[],
  digest: `0x${string}`,
): Promise<Uint8Array | undefined> {
  const cid = cidFromDigest(digest, 'dag-cbor')
  for (const directory of directories) {
    for (const kept of keptScenarios(directory)) {
      try {
        return await readStoredBlob(scenarioPaths(directory, kept.scenario).blobs, cid)
      } catch (error) {
        // Not here, or still being written: another node has it.
        if (!(error instanceof BlobError)) throw error
      }
    }
  }
  return undefined
}
