import { createEngine } from '@fednode/engine'
import {
  decodeWeights,
  FedError,
  type Manifest,
  modelSpecOf,
  UserError,
  type Weights,
} from '@fednode/protocol'

/**
 * The weights in a file, which has to hold a model of the manifest.
 * @param name - of the file, for whoever reads the error.
 * @throws {UserError} data BAD_MODEL.
 */
export async function decodeModel(
  bytes: Uint8Array,
  manifest: Manifest,
  name: string,
): Promise<Weights> {
  const engine = await createEngine({ backend: 'cpu' })
  try {
    return decodeWeights(bytes, engine.weightSpecs(modelSpecOf(manifest)))
  } catch (cause) {
    if (!(cause instanceof FedError)) throw cause
    throw new UserError(
      'data',
      `${name} is no model of the manifest "${manifest.name}": ${cause.message}`,
      { code: 'BAD_MODEL', hint: 'Give the manifest that the model was trained by.', cause },
    )
  } finally {
    engine.dispose()
  }
}
