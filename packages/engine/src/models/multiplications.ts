import { sizeOf } from '@fednode/protocol'
import type { LayerPlan } from './layer-plan.ts'

/** Multiplications of one row in each layer of a model forward, roughly: every weight counts once for every place where it is used. */
export function multiplicationsOf(layers: readonly LayerPlan[]): readonly number[] {
  return layers.map(({ spec, input, output, tensors }) => {
    const weights = tensors.reduce((sum, { size }) => sum + size, 0)
    switch (spec.className) {
      case 'Conv1D':
      case 'Conv2D':
      case 'DepthwiseConv2D':
        return sizeOf(output.slice(0, -1)) * weights
      case 'LSTM':
      case 'GRU':
        return (input[0] as number) * weights
      case 'Embedding':
        return sizeOf(output)
      default:
        return weights
    }
  })
}
