import type { LayerSpec, ModelSpec } from '@fednode/protocol'
import { createRandom } from '../../src/random.ts'
import { targetsOf } from '../../src/targets.ts'
import type { Dataset } from '../../src/types.ts'

type Activation = 'linear' | 'relu' | 'tanh' | 'sigmoid' | 'softmax'

/** A Dense layer in layers JSON. */
export function dense(units: number, activation: Activation, useBias = true): LayerSpec {
  return { className: 'Dense', config: { units, activation, useBias } }
}

/** A Flatten in layers JSON. */
export const FLATTEN: LayerSpec = { className: 'Flatten', config: {} }

type ConvolutionConfig = Extract<LayerSpec, { className: 'Conv2D' }>['config']

/** A Conv2D in layers JSON. */
export function conv(
  filters: number,
  kernelSize: number,
  config: Partial<ConvolutionConfig> = {},
): LayerSpec {
  return { className: 'Conv2D', config: { filters, kernelSize, ...config } }
}

/** A MaxPooling2D in layers JSON. */
export function pool(poolSize: number): LayerSpec {
  return { className: 'MaxPooling2D', config: { poolSize } }
}

/** The CNN for digits of McMahan et al. 2017 (arXiv 1602.05629, section 3): 1,663,370 weights. */
export const MCMAHAN_CNN: ModelSpec = {
  topology: {
    className: 'Sequential',
    layers: [
      conv(32, 5, { padding: 'same', activation: 'relu' }),
      pool(2),
      conv(64, 5, { padding: 'same', activation: 'relu' }),
      pool(2),
      FLATTEN,
      dense(512, 'relu'),
      dense(10, 'softmax'),
    ],
  },
  featureShape: [28, 28, 1],
  objective: { kind: 'classes', classes: 10 },
}

/** A classifier of the given layers. */
export function sequential(
  layers: readonly LayerSpec[],
  shape: { readonly featureShape: readonly number[]; readonly classes: number },
): ModelSpec {
  const { featureShape, classes } = shape
  return {
    topology: { className: 'Sequential', layers },
    featureShape,
    objective: { kind: 'classes', classes },
  }
}

/** Gaussian-like blobs around one random centre per class: learnable, not trivial. */
export function blobs(options: {
  readonly count: number
  readonly featureShape: readonly number[]
  readonly classes: number
  readonly seed: number
}): Dataset {
  const { count, featureShape, classes, seed } = options
  const width = featureShape.reduce((product, length) => product * length, 1)
  const centres = createRandom(4_711)
  const means = Array.from({ length: classes * width }, () => 2 * centres.uniform() - 1)
  const random = createRandom(seed)
  const labels = Int32Array.from({ length: count }, () => random.below(classes))
  const features = new Float32Array(count * width)
  for (let row = 0; row < count; row++)
    for (let i = 0; i < width; i++) {
      const mean = means[(labels[row] as number) * width + i] as number
      features[row * width + i] = mean + random.uniform() + random.uniform() - 1
    }
  const targets = { kind: 'classes', labels, classes } as const
  return { count, featureShape, features, featureScale: 1, targets }
}

/** The labels of a data set of classes. */
export function labelsOf(data: Dataset): Int32Array {
  return targetsOf(data, 'classes').labels
}
