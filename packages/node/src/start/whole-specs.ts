import { createEngine } from '@fednode/engine'
import { type Manifest, modelSpecOf, type TensorSpec } from '@fednode/protocol'

/** Names and shapes of all weights of a manifest's model. */
export async function wholeSpecs(manifest: Manifest): Promise<readonly TensorSpec[]> {
  const engine = await createEngine({ backend: 'cpu' })
  try {
    return engine.weightSpecs(modelSpecOf(manifest))
  } finally {
    engine.dispose()
  }
}
