import * as tf from '@tensorflow/tfjs-core'
import { createRandom } from '../random.ts'
import { convolution, fullyConnected, pooling, type Stage } from './self-test-model.ts'
import { createTinyTraining, type TinyTraining } from './self-test-training.ts'

/** A layer of a self-test's model: what the shapes of its weights follow from. */
export type SelfTestLayer =
  | { readonly kind: 'convolution'; readonly kernel: readonly [number, number, number, number] }
  | { readonly kind: 'pooling' }
  | { readonly kind: 'hidden' | 'last'; readonly kernel: readonly [number, number] }

/** A model and the batch that it is trained on; all numbers come from the seed. */
export type SelfTestCase = {
  readonly seed: number
  /** [rows, …]. */
  readonly input: readonly number[]
  readonly layers: readonly SelfTestLayer[]
}

/** Models whose training every engine has to get right, by the name of their stored vectors. */
export const SELF_TEST_CASES = {
  dense: {
    seed: 1,
    input: [4, 6],
    layers: [
      { kind: 'hidden', kernel: [6, 5] },
      { kind: 'last', kernel: [5, 3] },
    ],
  },
  convolution: {
    seed: 2,
    input: [2, 8, 8, 1],
    layers: [
      { kind: 'convolution', kernel: [3, 3, 1, 4] },
      { kind: 'pooling' },
      { kind: 'convolution', kernel: [3, 3, 4, 4] },
      { kind: 'last', kernel: [64, 3] },
    ],
  },
} as const satisfies Readonly<Record<string, SelfTestCase>>

/** The numbers of a case, in the order in which they are drawn: x, then kernel and bias of each layer, uniform in [-limit, limit). */
export type SelfTestNumbers = {
  readonly x: Float32Array
  readonly weights: readonly { readonly shape: readonly number[]; readonly values: Float32Array }[]
  readonly classes: number
}

/** Draws the numbers of a case; x within 1, weights within 1 / sqrt(inputs) (LeCun et al. 1998). */
export function drawSelfTest({ seed, input, layers }: SelfTestCase): SelfTestNumbers {
  const random = createRandom(seed)
  const draw = (size: number, limit: number): Float32Array =>
    Float32Array.from({ length: size }, () => limit * (2 * random.uniform() - 1))
  const x = draw(product(input), 1)
  const weights = layers.flatMap((layer) => {
    if (layer.kind === 'pooling') return []
    const units = layer.kernel.at(-1) as number
    const size = product(layer.kernel)
    const limit = 1 / Math.sqrt(size / units)
    return [
      { shape: layer.kernel, values: draw(size, limit) },
      { shape: [units], values: draw(units, limit) },
    ]
  })
  return { x, weights, classes: weights.at(-1)?.values.length ?? 0 }
}

/** Puts a case on the current back end; row r belongs to class r modulo their number. */
export function prepareSelfTest(one: SelfTestCase): TinyTraining {
  const { x, weights, classes } = drawSelfTest(one)
  const rows = one.input[0] as number
  const tensors = weights.map(({ shape, values }) => tf.tensor(values, [...shape]))
  const stages = one.layers.map((layer): Stage => {
    if (layer.kind === 'pooling') return pooling()
    const [kernel, bias] = tensors.splice(0, 2) as [tf.Tensor, tf.Tensor]
    return layer.kind === 'convolution'
      ? convolution(kernel, bias)
      : fullyConnected(kernel, bias, layer.kind)
  })
  const targets = new Float32Array(rows * classes)
  for (let row = 0; row < rows; row++) targets[row * classes + (row % classes)] = 1
  return createTinyTraining(stages, {
    x: tf.tensor(x, [...one.input]),
    targets: tf.tensor(targets, [rows, classes]),
  })
}

function product(sizes: readonly number[]): number {
  return sizes.reduce((size, each) => size * each, 1)
}
