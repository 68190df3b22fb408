import type { Weights } from '@fednode/protocol'
import { createRandom } from '../random.ts'
import type { ModelPlan } from './model-plan.ts'

/**
 * Glorot-uniform kernels, U(-l, l) with l = sqrt(6 / (inputs + units)), and zero biases (Glorot & Bengio 2010, eq. 16). Kernels are
 * drawn in the order of the layers, row-major, from one stream of createRandom(seed).
 */
export function initialWeights(plan: ModelPlan, seed: number): Weights {
  const random = createRandom(seed)
  const values = new Float32Array(plan.size)
  for (const layer of plan.layers) {
    const limit = Math.sqrt(6 / (layer.inputs + layer.units))
    const end = layer.kernelOffset + layer.inputs * layer.units
    for (let i = layer.kernelOffset; i < end; i++) values[i] = limit * (2 * random.uniform() - 1)
  }
  return { specs: plan.specs, values }
}
