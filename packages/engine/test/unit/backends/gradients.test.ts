import * as tf from '@tensorflow/tfjs-core'
// Brings the gradients of all operations, which the core leaves out.
import '@tensorflow/tfjs-layers'
import { beforeAll, describe, it } from 'vitest'
import { startBackend } from '../../../src/backends/start-backend.ts'
import { expectSameAsCpu, randomValues, type Values } from './compare-backends.ts'

type Operation = {
  readonly name: string
  readonly shapes: readonly (readonly number[])[]
  readonly apply: (x: tf.Tensor, y: tf.Tensor, ...rest: tf.Tensor[]) => tf.Tensor
}

const INDICES = tf.util.toNestedArray([6], Int32Array.of(4, 0, 2, 2, 1, 4)) as number[]
const image = (x: tf.Tensor) => x as tf.Tensor4D
const matrix = (x: tf.Tensor) => x as tf.Tensor2D
const square = [5, 7]
const evenColumns = () => tf.tensor1d([1, 0, 1, 0, 1, 0, 1], 'bool')
const pair = [square, square]

type Unary = (x: tf.Tensor) => tf.Tensor
type Binary = (x: tf.Tensor, y: tf.Tensor) => tf.Tensor

const UNARY: Readonly<Record<string, Unary>> = {
  ...{ abs: tf.abs, cos: tf.cos, elu: tf.elu, erf: tf.erf, exp: tf.exp, expm1: tf.expm1 },
  ...{ leakyRelu: tf.leakyRelu, logSoftmax: tf.logSoftmax, neg: tf.neg, relu: tf.relu },
  ...{ relu6: tf.relu6, selu: tf.selu, sigmoid: tf.sigmoid, sin: tf.sin, softmax: tf.softmax },
  ...{ softplus: tf.softplus, square: tf.square, tanh: tf.tanh, reverse: tf.reverse },
  ...{ transpose: tf.transpose, sum: tf.sum, mean: tf.mean, max: tf.max, min: tf.min },
  logSumExp: (x) => tf.logSumExp(x, 1),
}
const OF_POSITIVE: Readonly<Record<string, Unary>> = {
  ...{ log: tf.log, log1p: tf.log1p, reciprocal: tf.reciprocal, rsqrt: tf.rsqrt, sqrt: tf.sqrt },
}
const BINARY: Readonly<Record<string, Binary>> = {
  ...{ add: tf.add, sub: tf.sub, mul: tf.mul, maximum: tf.maximum, minimum: tf.minimum },
  squaredDifference: tf.squaredDifference,
}
const OF_ROW: Readonly<Record<string, Binary>> = { add: tf.add, sub: tf.sub, mul: tf.mul }

/** What models are made of: layers, activations, losses, regularisers and optimizers. */
const OPERATIONS: readonly Operation[] = [
  ...Object.entries(UNARY).map(([name, apply]) => ({ name, shapes: [square], apply })),
  ...Object.entries(OF_POSITIVE).map(([name, apply]) => ({
    name,
    shapes: [square],
    apply: (x: tf.Tensor): tf.Tensor => apply(tf.add(tf.abs(x), 0.5)),
  })),
  ...Object.entries(BINARY).map(([name, apply]) => ({ name, shapes: pair, apply })),
  ...Object.entries(OF_ROW).map(([name, apply]) => ({
    name: `${name} of a row`,
    shapes: [square, [7]],
    apply,
  })),
  {
    name: 'div',
    shapes: pair,
    apply: (x, y) => tf.div(x, tf.add(tf.abs(y), 1)),
  },
  { name: 'pow', shapes: [square], apply: (x) => tf.pow(tf.abs(x), 3) },
  {
    name: 'addN',
    shapes: pair,
    apply: (x, y) => tf.addN([x, y as tf.Tensor, x]),
  },
  {
    name: 'clipByValue',
    shapes: [square],
    apply: (x) => tf.clipByValue(x, -0.5, 0.5),
  },
  {
    name: 'where',
    shapes: pair,
    apply: (x, y) => tf.where(evenColumns(), x, y),
  },
  { name: 'sum over rows', shapes: [[4, 5, 6]], apply: (x) => tf.sum(x, [0, 1]) },
  { name: 'mean over columns', shapes: [[4, 5, 6]], apply: (x) => tf.mean(x, 2) },
  { name: 'max over time', shapes: [[4, 5, 6]], apply: (x) => tf.max(x, 1) },
  { name: 'reverse of time', shapes: [[4, 5, 6]], apply: (x) => tf.reverse(x, 1) },
  {
    name: 'cumsum from the end',
    shapes: [square],
    apply: (x) => tf.cumsum(x, 1, false, true),
  },
  { name: 'tile', shapes: [square], apply: (x) => tf.tile(x, [2, 3]) },
  {
    name: 'pad',
    shapes: [square],
    apply: (x) =>
      tf.pad(x, [
        [1, 2],
        [0, 3],
      ]),
  },
  { name: 'slice', shapes: [square], apply: (x) => tf.slice(x, [1, 2], [3, 4]) },
  { name: 'concat', shapes: pair, apply: (x, y) => tf.concat([x, y], 1) },
  { name: 'stack', shapes: pair, apply: (x, y) => tf.stack([x, y], 1) },
  {
    name: 'unstack',
    shapes: [square],
    apply: (x) => tf.mul(...(tf.unstack(x).slice(0, 2) as [tf.Tensor, tf.Tensor])),
  },
  {
    name: 'split',
    shapes: [[5, 6]],
    apply: (x) => tf.mul(...(tf.split(x, 2, 1) as [tf.Tensor, tf.Tensor])),
  },
  {
    name: 'gather',
    shapes: [square],
    apply: (x) => tf.gather(x, tf.tensor1d(INDICES, 'int32')),
  },
  {
    name: 'gather of rows of time',
    shapes: [[4, 5, 6]],
    apply: (x) => tf.gather(x, tf.tensor1d(INDICES, 'int32'), 1),
  },
  {
    name: 'prelu',
    shapes: [square, [7]],
    apply: (x, y) => tf.prelu(x, y),
  },
  {
    name: 'matMul',
    shapes: [
      [5, 7],
      [7, 3],
    ],
    apply: (x, y) => tf.matMul(x, y),
  },
  {
    name: 'matMul transposed',
    shapes: [
      [7, 5],
      [3, 7],
    ],
    apply: (x, y) => tf.matMul(x, y as tf.Tensor, true, true),
  },
  {
    name: 'matMul of a stack',
    shapes: [
      [2, 5, 7],
      [2, 7, 3],
    ],
    apply: (x, y) => tf.matMul(x, y),
  },
  {
    name: 'conv2d',
    shapes: [
      [2, 7, 6, 3],
      [3, 3, 3, 4],
    ],
    apply: (x, y) => tf.conv2d(image(x), image(y), 1, 'same'),
  },
  {
    name: 'conv2d with strides',
    shapes: [
      [2, 7, 6, 3],
      [3, 2, 3, 4],
    ],
    apply: (x, y) => tf.conv2d(image(x), image(y), 2, 'valid'),
  },
  {
    name: 'conv1d',
    shapes: [
      [2, 9, 3],
      [3, 3, 4],
    ],
    apply: (x, y) => tf.conv1d(x as tf.Tensor3D, y as tf.Tensor3D, 1, 'same'),
  },
  {
    name: 'depthwiseConv2d',
    shapes: [
      [2, 7, 6, 3],
      [3, 3, 3, 2],
    ],
    apply: (x, y) => tf.depthwiseConv2d(image(x), image(y), 1, 'same'),
  },
  {
    name: 'separableConv2d',
    shapes: [
      [2, 7, 6, 3],
      [3, 3, 3, 1],
      [1, 1, 3, 4],
    ],
    apply: (x, y, z) => tf.separableConv2d(image(x), image(y), image(z as tf.Tensor), 1, 'same'),
  },
  {
    name: 'maxPool',
    shapes: [[2, 7, 6, 3]],
    apply: (x) => tf.maxPool(image(x), 2, 2, 'same'),
  },
  {
    name: 'avgPool',
    shapes: [[2, 6, 6, 3]],
    apply: (x) => tf.avgPool(image(x), 2, 2, 'valid'),
  },
  {
    name: 'basicLSTMCell',
    shapes: [[7, 8], [8], [3, 5], [3, 2], [3, 2]],
    apply: (kernel, bias, data, c, h) =>
      tf.concat(
        tf.basicLSTMCell(
          tf.scalar(1),
          ...([
            matrix(kernel as tf.Tensor),
            bias as tf.Tensor1D,
            matrix(data as tf.Tensor),
          ] as const),
          ...([matrix(c as tf.Tensor), matrix(h as tf.Tensor)] as const),
        ),
        1,
      ),
  },
]

beforeAll(async () => {
  await startBackend('cpu')
  await startBackend('wasm')
})

describe('gradients on wasm', () => {
  it.each(OPERATIONS)('of $name equal those on cpu', ({ shapes, apply }) => {
    const inputs = shapes.map((shape, i): Values => randomValues(shape, 31 + i))
    const gradients = (...tensors: tf.Tensor[]): tf.Tensor => {
      // Weights make the gradient of the result differ from place to place.
      const weigh = (x: tf.Tensor): tf.Tensor =>
        tf.mul(x, tf.sin(tf.reshape(tf.range(1, x.size + 1), x.shape)))
      const all = tf.grads((...at) => tf.sum(weigh(apply(...(at as [tf.Tensor, tf.Tensor])))))(
        tensors,
      )
      return tf.concat(all.map((gradient) => tf.reshape(gradient, [-1])))
    }
    expectSameAsCpu(inputs, gradients, 2e-5)
  })
})
