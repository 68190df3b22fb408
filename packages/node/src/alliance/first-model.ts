import type { Engine } from '@fednode/engine'
import { encodeWeights, type Manifest, modelSpecOf } from '@fednode/protocol'

/** The global model before the first round: the manifest's, from its seed, as it travels. */
export function firstModel(engine: Pick<Engine, 'initialWeights'>, manifest: Manifest): Uint8Array {
  return encodeWeights(engine.initialWeights(modelSpecOf(manifest), manifest.seed))
}
