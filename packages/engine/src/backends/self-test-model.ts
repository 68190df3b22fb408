import * as tf from '@tensorflow/tfjs-core'

/** One step of a model: how its input becomes its output, and how gradients go back. */
export type Stage = {
  readonly weights: readonly tf.Tensor[]
  forward(x: tf.Tensor, weights: readonly tf.Tensor[]): tf.Tensor
  /** Gradients of the input and of the weights, in their order. */
  backward(
    at: { readonly x: tf.Tensor; readonly y: tf.Tensor; readonly weights: readonly tf.Tensor[] },
    dy: tf.Tensor,
  ): { readonly dx: tf.Tensor; readonly gradients: readonly tf.Tensor[] }
}

type Attributes = Parameters<ReturnType<typeof tf.engine>['runKernel']>[2]

const CONVOLUTION = {
  strides: [1, 1],
  pad: 'same',
  dataFormat: 'NHWC',
  dimRoundingMode: undefined,
} as unknown as NonNullable<Attributes>
const POOL = 2

/** Convolution with relu: kernel [side, side, depth, filters] and bias [filters]. */
export function convolution(kernel: tf.Tensor, bias: tf.Tensor): Stage {
  return {
    weights: [kernel, bias],
    forward: (x, [k, b]) =>
      tf.relu(tf.add(tf.conv2d(x as tf.Tensor4D, k as tf.Tensor4D, 1, 'same'), b as tf.Tensor)),
    backward({ x, y, weights }, dy) {
      const [k] = weights as [tf.Tensor, tf.Tensor]
      const dz = tf.mul(dy, tf.step(y))
      const dk = run('Conv2DBackpropFilter', { x, dy: dz }, { filterShape: k.shape })
      const dx = run('Conv2DBackpropInput', { dy: dz, filter: k }, { inputShape: x.shape })
      return { dx, gradients: [dk, tf.sum(dz, [0, 1, 2])] }
    },
  }
}

/** The largest of every 2 x 2 pixels. */
export function pooling(): Stage {
  return {
    weights: [],
    forward: (x) => tf.maxPool(x as tf.Tensor4D, POOL, POOL, 'valid'),
    backward({ x, y }, dy) {
      const attributes = { filterSize: POOL, strides: POOL, pad: 'valid' }
      const dx = tf.engine().runKernel('MaxPoolGrad', { dy, input: x, output: y }, attributes)
      return { dx: dx as tf.Tensor, gradients: [] }
    },
  }
}

/** Flattens, multiplies by a kernel [inputs, units], adds a bias [units]; hidden layers end in relu. */
export function fullyConnected(
  kernel: tf.Tensor,
  bias: tf.Tensor,
  place: 'hidden' | 'last',
): Stage {
  const flat = (x: tf.Tensor): tf.Tensor2D => tf.reshape(x, [x.shape[0] as number, -1])
  return {
    weights: [kernel, bias],
    forward(x, [k, b]) {
      const sums = tf.add(tf.matMul(flat(x), k as tf.Tensor2D), b as tf.Tensor)
      return place === 'hidden' ? tf.relu(sums) : sums
    },
    backward({ x, y, weights }, dy) {
      const dz = (place === 'hidden' ? tf.mul(dy, tf.step(y)) : dy) as tf.Tensor2D
      const dx = tf.matMul(dz, weights[0] as tf.Tensor2D, false, true)
      const dk = tf.matMul(flat(x), dz, true, false)
      return { dx: tf.reshape(dx, x.shape), gradients: [dk, tf.sum(dz, 0)] }
    },
  }
}

function run(
  name: string,
  inputs: Readonly<Record<string, tf.Tensor>>,
  shape: NonNullable<Attributes>,
): tf.Tensor {
  return tf.engine().runKernel(name, inputs, { ...CONVOLUTION, ...shape }) as tf.Tensor
}
