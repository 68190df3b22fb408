import type { Weights } from '@fednode/protocol'
import * as tf from '@tensorflow/tfjs-core'
import { EngineError } from './errors.ts'
import { batchesOf, evaluateModel, evaluateRows } from './evaluate.ts'
import { checkDataset, checkFinite, checkWeights } from './models/check-model-input.ts'
import { layerTensors, logitsFromFirst, preActivations } from './models/forward.ts'
import type { ModelPlan } from './models/model-plan.ts'
import { featureTensor } from './models/row-batches.ts'
import type { CoalitionEvaluator, Dataset, Evaluation } from './types.ts'
import { assertWeight, meanInto, type WeightedUpdate } from './weighted-mean.ts'

/** First-layer pre-activations of all updates that are kept; above it every coalition's model is evaluated in full. */
const MAX_CACHED_BYTES = 134_217_728
const FLOAT_BYTES = 4

export type CoalitionOptions = {
  readonly plan: ModelPlan
  readonly base: Weights
  readonly updates: readonly WeightedUpdate[]
  readonly data: Dataset
}

/** First-layer pre-activations by batch of rows, in each batch one tensor per update. */
type FirstSums = readonly (readonly tf.Tensor2D[])[]

/**
 * Evaluates the averaged models of coalitions. X(sum_i c_i W_i) = sum_i c_i (X W_i): the first layer, where nearly all multiplications
 * are, is computed once per update. The layers above get weights averaged as in weightedMean.
 */
export function coalitionEvaluator(options: CoalitionOptions): CoalitionEvaluator {
  const { plan, base, updates, data } = options
  checkOptions(options)
  // One model's weights, written anew for every coalition.
  const mean: Weights = { specs: base.specs, values: new Float32Array(plan.size) }
  const cachedBytes = updates.length * data.count * plan.layers[0].units * FLOAT_BYTES
  const cache = cachedBytes > MAX_CACHED_BYTES ? undefined : firstSums(options)
  return {
    evaluate(coalition) {
      const members = membersOf(coalition, updates.length)
      if (members.length === 0) return evaluateModel(plan, base, data)
      const chosen = members.map((i) => updates[i] as WeightedUpdate)
      if (cache === undefined) {
        meanInto(mean.values, chosen, 0)
        return evaluateModel(plan, mean, data)
      }
      const sums = cache.map((batch) => members.map((i) => batch[i] as tf.Tensor2D))
      return evaluateMean(options, { chosen, sums, scratch: mean.values })
    },
    dispose() {
      for (const tensor of cache?.flat() ?? []) tensor.dispose()
    },
  }
}

function evaluateMean(
  { plan, data }: CoalitionOptions,
  parts: {
    readonly chosen: readonly WeightedUpdate[]
    readonly sums: FirstSums
    readonly scratch: Float32Array
  },
): Evaluation {
  const { chosen, sums, scratch } = parts
  const total = chosen.reduce((sum, member) => sum + member.weight, 0)
  const offset = plan.layers[1]?.kernelOffset ?? plan.size
  meanInto(scratch.subarray(offset), chosen, offset)
  return tf.tidy(() => {
    const above = plan.layers.slice(1).map((layer) => layerTensors(layer, scratch))
    return evaluateRows(plan, data, (_range, batch) => {
      const scaled = chosen.map((member, i) =>
        tf.mul<tf.Tensor2D>(sums[batch]?.[i] as tf.Tensor2D, member.weight / total),
      )
      return logitsFromFirst(plan, above, tf.addN(scaled))
    })
  })
}

function firstSums({ plan, data, updates }: CoalitionOptions): FirstSums {
  return tf.tidy(() => {
    const bottoms = updates.map(({ weights }) => layerTensors(plan.layers[0], weights.values))
    return batchesOf(plan, data).map((range) => {
      const features = featureTensor(data, range)
      const sums = bottoms.map((bottom) => tf.keep(preActivations(bottom, features)))
      features.dispose()
      return sums
    })
  })
}

function membersOf(coalition: bigint, count: number): number[] {
  if (coalition < 0n || coalition >> BigInt(count) !== 0n)
    throw new EngineError(`Coalition ${coalition} names an update beyond the ${count} given`, {
      code: 'SHAPE_MISMATCH',
      expected: `bits 0 to ${count - 1}`,
      actual: coalition.toString(2),
    })
  return Array.from({ length: count }, (_, i) => i).filter((i) => (coalition >> BigInt(i)) & 1n)
}

function checkOptions({ plan, base, updates, data }: CoalitionOptions): void {
  checkDataset(plan, data)
  checkWeights(plan, base)
  for (const { weights, weight } of updates) {
    checkWeights(plan, weights)
    checkFinite(weights.values, 'update')
    assertWeight(weight)
  }
}
