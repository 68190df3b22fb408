import type { Weights } from '@fednode/protocol'
import { createRandom } from '../random.ts'
import type { ModelPlan } from './model-plan.ts'

/** One kernel: where it lies, and how many values go into and come out of one of its weights' neighbourhood. */
type Kernel = { readonly start: number; readonly end: number; readonly fans: number }

/**
 * Glorot-uniform kernels, U(-l, l) with l = sqrt(6 / (inputs + units)), and zero biases (Glorot & Bengio 2010, eq. 16); of a convolution
 * inputs and units are channels and filters times the kernel's area. Kernels are drawn in the order of the layers, row-major, from one
 * stream of createRandom(seed).
 */
export function initialWeights(plan: ModelPlan, seed: number): Weights {
  const random = createRandom(seed)
  const values = new Float32Array(plan.size)
  for (const { start, end, fans } of kernelsOf(plan)) {
    const limit = Math.sqrt(6 / fans)
    for (let i = start; i < end; i++) values[i] = limit * (2 * random.uniform() - 1)
  }
  return { specs: plan.specs, values }
}

function kernelsOf({ spatial, layers }: ModelPlan): Kernel[] {
  const convolutions = spatial.flatMap((layer) => {
    if (layer.kind === 'pooling') return []
    const { kernelSize, input, output, kernelOffset, biasOffset } = layer
    const fans = kernelSize * kernelSize * (input[2] + output[2])
    return [{ start: kernelOffset, end: biasOffset, fans }]
  })
  const dense = layers.map(({ inputs, units, kernelOffset }) => ({
    start: kernelOffset,
    end: kernelOffset + inputs * units,
    fans: inputs + units,
  }))
  return [...convolutions, ...dense]
}
