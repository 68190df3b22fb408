import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import * as tf from '@tensorflow/tfjs-core'
// Brings the gradients of all operations, which the core leaves out.
import '@tensorflow/tfjs-layers'
import { beforeAll, describe, expect, it } from 'vitest'
import { startBackend } from '../../../src/backends/start-backend.ts'
import { memoryOf } from '../../../src/backends/wasm-memory.ts'
import { createRandom } from '../../../src/random.ts'

const STEPS = 60
const BATCH = 6
const SIDE = 16

beforeAll(() => startBackend('wasm'))

function randomTensor(shape: number[], seed: number): tf.Tensor {
  const random = createRandom(seed)
  const size = shape.reduce((product, length) => product * length, 1)
  const values = Float32Array.from({ length: size }, () => 0.2 * (2 * random.uniform() - 1))
  return tf.tensor<tf.Rank>(values, shape)
}

/** Convolutions the direct way, in tiles and depthwise, both poolings, a lookup and dense layers. */
function createNetwork() {
  const shapes = [[5, 5, 1, 8], [8], [3, 3, 8, 8], [3, 3, 8, 1], [7, 24], [128 + 24, 10]]
  const weights = shapes.map((shape, i) => tf.variable(randomTensor(shape, i)))
  const images = randomTensor([BATCH, SIDE, SIDE, 1], 100) as tf.Tensor4D
  const words = tf.tensor1d([0, 5, 2, 2, 6, 1], 'int32')
  const labels = tf.oneHot(tf.tensor1d([3, 1, 4, 1, 5, 9], 'int32'), 10)
  const [first, bias, second, depthwise, table, last] = weights as [
    tf.Variable<tf.Rank.R4>,
    tf.Variable,
    tf.Variable<tf.Rank.R4>,
    tf.Variable<tf.Rank.R4>,
    tf.Variable,
    tf.Variable,
  ]
  const loss = (): tf.Scalar => {
    const one = tf.relu(tf.add(tf.conv2d(images, first, 1, 'same'), bias)) as tf.Tensor4D
    const two = tf.conv2d(tf.maxPool(one, 2, 2, 'same'), second, 1, 'same')
    const three = tf.avgPool(tf.depthwiseConv2d(two, depthwise, 1, 'same'), 2, 2, 'same')
    const inputs = tf.concat([tf.reshape(three, [BATCH, 128]), tf.gather(table, words)], 1)
    const logits = tf.matMul(inputs, last)
    return tf.neg(tf.mean(tf.sum(tf.mul(tf.logSoftmax(logits), labels), 1)))
  }
  return { weights, loss }
}

/** Losses of steps of SGD, and what the back end holds after each. */
function train() {
  const { weights, loss } = createNetwork()
  const backend = tf.backend() as BackendWasm
  const steps = Array.from({ length: STEPS }, () => {
    const value = tf.tidy(() => {
      const { value: now, grads } = tf.variableGrads(loss)
      for (const variable of weights)
        variable.assign(tf.sub(variable, tf.mul(grads[variable.name] as tf.Tensor, 0.5)))
      return now.dataSync<'float32'>()[0] as number
    })
    const bytes = memoryOf(backend).buffer.byteLength
    return { loss: value, bytes, tensors: tf.memory().numTensors, data: backend.numDataIds() }
  })
  const values = weights.map((variable) => variable.dataSync<'float32'>())
  return { steps, values }
}

describe('training by automatic differentiation on wasm', () => {
  it('holds no more tensors and memory after sixty steps than after two, and learns', () => {
    const { steps } = train()
    const [, early, late] = [steps[0], steps[1], steps[STEPS - 1]]
    expect(late).toMatchObject({ bytes: early?.bytes, tensors: early?.tensors, data: early?.data })
    expect(late?.loss).toBeLessThan(0.2 * (early?.loss ?? 0))
  })

  it('gives the same weights to the bit again', () => {
    const [one, other] = [train(), train()]
    expect(one.values).toEqual(other.values)
  })
})
