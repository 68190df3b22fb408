import { type ModelSpec, sizeOf, type Weights } from '@fednode/protocol'
import { createEngine } from '../../../src/backends/create-engine.ts'
import type { ExportedModel } from '../../../src/export/exported-model.ts'
import { createRandom } from '../../../src/random.ts'
import type { Features } from '../../../src/types.ts'

const ROWS = 3
/** Token ids for models that begin with an Embedding of 5. */
const TOKENS = 5

/** A model with weights other than those that training begins with, and what the engine says of some rows. */
export async function exportedSample(model: ModelSpec): Promise<{
  readonly exported: ExportedModel
  readonly rows: Features
  readonly predictions: Float64Array
}> {
  const engine = await createEngine({ backend: 'cpu' })
  const random = createRandom(11)
  const { specs, values } = engine.initialWeights(model, 3)
  const weights: Weights = {
    specs,
    values: values.map((value) => value + 0.4 * random.uniform() - 0.2),
  }
  const isText = model.topology.layers[0]?.className === 'Embedding'
  const features = Float32Array.from({ length: ROWS * sizeOf(model.featureShape) }, () =>
    isText ? random.below(TOKENS) : 2 * random.uniform() - 1,
  )
  const rows = { count: ROWS, featureShape: model.featureShape, features, featureScale: 1 }
  return {
    exported: { model, weights, notes: { federation: 'hearts', round: '7' } },
    rows,
    predictions: engine.predict(model, weights, rows),
  }
}
