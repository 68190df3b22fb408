import type { PlanOf } from '../../models/layer-plan.ts'
import { addActivation } from './add-activation.ts'
import { channelsFirst, channelsLast } from './channels.ts'
import { biasOf, type LayerInput } from './layer-input.ts'
import { transpose } from './transpose.ts'

type Convolution = PlanOf<'Conv1D' | 'Conv2D' | 'DepthwiseConv2D'>

/** Adds a convolution: ONNX has channels before space, TensorFlow after. */
export function addConvolution(layer: LayerInput<Convolution>): string {
  const { graph, input } = layer
  const { spec } = layer.layer
  const { strides = 1, kernelSize, activation = 'linear' } = spec.config
  const rank = layer.layer.input.length - 1
  const channels = layer.layer.input.at(-1) as number
  const sums = graph.add(
    'Conv',
    [channelsFirst(graph, input, rank), addKernel(layer), ...biasOf(layer)],
    {
      kernel_shape: Array.from({ length: rank }, () => kernelSize),
      strides: Array.from({ length: rank }, () => strides),
      pads: padsOf(layer.layer),
      group: spec.className === 'DepthwiseConv2D' ? channels : 1,
    },
  )
  return channelsLast(graph, addActivation(graph, activation, sums), rank)
}

/** [...space, inputs, filters] as [filters, inputs, ...space]; of a depthwise one each channel is a group of its own. */
function addKernel({ graph, layer, valuesOf }: LayerInput<Convolution>): string {
  const isDepthwise = layer.spec.className === 'DepthwiseConv2D'
  const name = isDepthwise ? 'depthwise_kernel' : 'kernel'
  const shape = layer.tensors.find((tensor) => tensor.name === name)?.shape ?? []
  const space = shape.slice(0, -2)
  const [inputs, filters] = [shape.length - 2, shape.length - 1]
  const axes = space.map((_, axis) => axis)
  const order = isDepthwise ? [inputs, filters, ...axes] : [filters, inputs, ...axes]
  const turned = transpose(valuesOf(name), shape, order)
  const [first = 1, second = 1] = turned.shape
  const turnedShape = isDepthwise ? [first * second, 1, ...space] : turned.shape
  return graph.weights(`${layer.name}/${name}`, turnedShape, turned.values)
}

/** Rows of zeros before and after every dimension; where "same" needs an odd number, one more after, as TensorFlow does. */
function padsOf({ spec, input, output }: Convolution): number[] {
  const { strides = 1, kernelSize, padding = 'valid' } = spec.config
  const lengths = input.slice(0, -1)
  const totals = lengths.map((length, axis) => {
    const covered = ((output[axis] as number) - 1) * strides + kernelSize
    return padding === 'same' ? Math.max(0, covered - length) : 0
  })
  return [
    ...totals.map((total) => Math.floor(total / 2)),
    ...totals.map((total) => Math.ceil(total / 2)),
  ]
}
