import { expect } from 'vitest'
import type { ModelPlan } from '../../src/models/model-plan.ts'
import type { ConvolutionPlan, SpatialPlan } from '../../src/models/spatial-plan.ts'
import type { StackPlan } from '../../src/models/stack-plan.ts'
import type { Dataset } from '../../src/types.ts'
import { labelsOf } from './fixtures.ts'

const ACTIVATIONS = {
  linear: (x: number) => x,
  relu: (x: number) => Math.max(0, x),
  tanh: Math.tanh,
  sigmoid: (x: number) => 1 / (1 + Math.exp(-x)),
}

/** Logits of one row in f64, written as naively as can be. */
function logitsOf(plan: StackPlan, weights: ArrayLike<number>, row: readonly number[]): number[] {
  return plan.dense.reduce(
    (inputs, layer) => {
      const { units, kernelOffset, biasOffset, useBias, activation } = layer
      return Array.from({ length: units }, (_, unit) => {
        let sum = useBias ? (weights[biasOffset + unit] as number) : 0
        inputs.forEach((input, i) => {
          sum += input * (weights[kernelOffset + i * units + unit] as number)
        })
        return ACTIVATIONS[activation](sum)
      })
    },
    plan.spatial.reduce((image, layer) => imageOf(layer, weights, image), [...row]),
  )
}

/** Output of one convolution or pooling in f64, [height, width, channels] row-major. */
function imageOf(layer: SpatialPlan, weights: ArrayLike<number>, image: number[]): number[] {
  const [height, width, channels] = layer.input
  const [outHeight, outWidth, outChannels] = layer.output
  const at = (y: number, x: number, c: number): number | undefined =>
    y < 0 || x < 0 || y >= height || x >= width ? undefined : image[(y * width + x) * channels + c]
  const output: number[] = []
  for (let y = 0; y < outHeight; y++)
    for (let x = 0; x < outWidth; x++)
      for (let c = 0; c < outChannels; c++)
        output.push(
          layer.kind === 'pooling'
            ? windowMaximum(layer.size, (dy, dx) => at(y * layer.size + dy, x * layer.size + dx, c))
            : convolved(layer, { weights, at, y, x, filter: c }),
        )
  return output
}

function windowMaximum(size: number, at: (dy: number, dx: number) => number | undefined): number {
  let max = Number.NEGATIVE_INFINITY
  for (let dy = 0; dy < size; dy++)
    for (let dx = 0; dx < size; dx++) max = Math.max(max, at(dy, dx) ?? max)
  return max
}

function convolved(
  layer: ConvolutionPlan,
  place: {
    weights: ArrayLike<number>
    at: (y: number, x: number, c: number) => number | undefined
    y: number
    x: number
    filter: number
  },
): number {
  const { kernelSize, strides, padding, input, output, kernelOffset, biasOffset } = layer
  const { weights, at, y, x, filter } = place
  // As TensorFlow: what is left over of an odd padding goes to the end.
  const padded = (size: number, out: number) =>
    padding === 'valid' ? 0 : Math.floor(Math.max(0, (out - 1) * strides + kernelSize - size) / 2)
  const top = padded(input[0], output[0])
  const left = padded(input[1], output[1])
  let sum = layer.useBias ? (weights[biasOffset + filter] as number) : 0
  for (let dy = 0; dy < kernelSize; dy++)
    for (let dx = 0; dx < kernelSize; dx++)
      for (let c = 0; c < input[2]; c++) {
        const weight = ((dy * kernelSize + dx) * input[2] + c) * output[2] + filter
        const value = at(y * strides - top + dy, x * strides - left + dx, c) ?? 0
        sum += value * (weights[kernelOffset + weight] as number)
      }
  return ACTIVATIONS[layer.activation](sum)
}

/** Mean cross-entropy and accuracy over a data set in f64. */
export function referenceEvaluation(
  plan: ModelPlan,
  weights: ArrayLike<number>,
  data: Dataset,
): { loss: number; accuracy: number } {
  const labels = labelsOf(data)
  let loss = 0
  let correct = 0
  for (let r = 0; r < data.count; r++) {
    const row = [...data.features.subarray(r * plan.inputs, (r + 1) * plan.inputs)]
    const logits = logitsOf(
      plan.stack ?? expect.unreachable(),
      weights,
      row.map((x) => x * data.featureScale),
    )
    const label = labels[r] as number
    loss += Math.log(logits.reduce((sum, z) => sum + Math.exp(z), 0)) - (logits[label] as number)
    if (logits.indexOf(Math.max(...logits)) === label) correct++
  }
  return { loss: loss / data.count, accuracy: correct / data.count }
}

/** Gradient of the mean loss by central differences in f64. */
export function referenceGradient(
  plan: ModelPlan,
  weights: ArrayLike<number>,
  data: Dataset,
): number[] {
  const step = 1e-6
  const at = Float64Array.from(weights)
  return Array.from(at, (weight, i) => {
    at[i] = weight + step
    const above = referenceEvaluation(plan, at, data).loss
    at[i] = weight - step
    const below = referenceEvaluation(plan, at, data).loss
    at[i] = weight
    return (above - below) / (2 * step)
  })
}
