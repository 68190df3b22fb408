import type { PlanOf } from '../../models/layer-plan.ts'
import { channelsFirst, channelsLast } from './channels.ts'
import type { LayerInput } from './layer-input.ts'

type Pooling = PlanOf<'MaxPooling1D' | 'AveragePooling1D' | 'MaxPooling2D' | 'AveragePooling2D'>
type GlobalPooling = PlanOf<
  'GlobalAveragePooling1D' | 'GlobalMaxPooling1D' | 'GlobalAveragePooling2D' | 'GlobalMaxPooling2D'
>

/** Adds pooling in windows that do not overlap. */
export function addPooling({ graph, layer, input }: LayerInput<Pooling>): string {
  const { className, config } = layer.spec
  const rank = layer.input.length - 1
  const window = Array.from({ length: rank }, () => config.poolSize)
  const pooled = graph.add(
    className.startsWith('Max') ? 'MaxPool' : 'AveragePool',
    [channelsFirst(graph, input, rank)],
    { kernel_shape: window, strides: window },
  )
  return channelsLast(graph, pooled, rank)
}

/** Adds the maximum or mean over all but rows and channels. */
export function addGlobalPooling({ graph, layer, input }: LayerInput<GlobalPooling>): string {
  const axes = layer.input.slice(0, -1).map((_, axis) => axis + 1)
  const operator = layer.spec.className.startsWith('GlobalMax') ? 'ReduceMax' : 'ReduceMean'
  return graph.add(operator, [input], { axes, keepdims: 0 })
}
