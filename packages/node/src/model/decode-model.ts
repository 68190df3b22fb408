import { decodeWeights, type Manifest, modelSpecOf, type Weights } from '@fednode/protocol'
import { readWeights } from './read-weights.ts'

/**
 * The weights in a file, which has to hold a model of the manifest.
 * @param name - of the file, for whoever reads the error.
 * @throws {UserError} data BAD_MODEL.
 */
export function decodeModel(bytes: Uint8Array, manifest: Manifest, name: string): Promise<Weights> {
  const hint = 'Give the manifest that the model was trained by.'
  return readWeights({ manifest, name, hint }, (engine) =>
    decodeWeights(bytes, engine.weightSpecs(modelSpecOf(manifest))),
  )
}
