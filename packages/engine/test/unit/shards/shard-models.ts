import { type LayerSpec, type ModelSpec, type Objective, sizeOf } from '@fednode/protocol'
import { createRandom } from '../../../src/random.ts'
import type { Dataset, Targets } from '../../../src/types.ts'
import { blobs, conv, dense, FLATTEN, sequential } from '../fixtures.ts'

/** The smallest that are worth cutting batches of some hundred rows. */
const WIDE = 400
const IMAGE = [12, 12, 8]
const CHANNELS: LayerSpec = conv(32, 5, { activation: 'relu' })
const MEANS: LayerSpec = { className: 'GlobalAveragePooling2D', config: {} }

/** Trained by the code written out for Dense layers: 830 rows are two shards. */
export const DENSE: ModelSpec = sequential([dense(200, 'relu'), dense(10, 'softmax')], {
  featureShape: [WIDE],
  classes: 10,
})

/** Trained by automatic differentiation: 320 rows are two shards, 640 four. */
export const IMAGES: ModelSpec = sequential(
  [CHANNELS, FLATTEN, { className: 'Dropout', config: { rate: 0.3 } }, dense(4, 'softmax')],
  { featureShape: IMAGE, classes: 4 },
)

/** The same convolution with another objective: 300 rows are two shards where there is one. */
export function imagesFor(objective: Objective): ModelSpec {
  const outputs = objective.kind === 'reconstruction' ? sizeOf(IMAGE) : 1
  const layers = [CHANNELS, MEANS, dense(outputs, 'linear')]
  return { topology: { className: 'Sequential', layers }, featureShape: IMAGE, objective }
}

/** Rows for one of the models. */
export function rowsFor({ featureShape, objective }: ModelSpec, count: number): Dataset {
  const classes = objective.kind === 'classes' ? objective.classes : 2
  const data = blobs({ count, featureShape, classes, seed: 3 })
  return { ...data, targets: targetsFor(objective, data) }
}

function targetsFor({ kind }: Objective, { count, targets }: Dataset): Targets {
  const random = createRandom(8)
  switch (kind) {
    case 'classes':
      return targets
    case 'value':
      return {
        kind,
        values: Float32Array.from({ length: count }, () => random.uniform()),
        scale: { mean: 0, deviation: 1 },
      }
    case 'risk':
      return {
        kind,
        times: Float64Array.from({ length: count }, () => random.uniform()),
        observed: new Uint8Array(count).fill(1),
      }
    case 'reconstruction':
      return { kind }
  }
}
