import type { LayerPlan } from '../../models/layer-plan.ts'
import type { OnnxGraph } from './onnx-graph.ts'

/** A layer that is added to a graph. */
export type LayerInput<Plan extends LayerPlan = LayerPlan> = {
  readonly graph: OnnxGraph
  readonly layer: Plan
  /** Name of the value that goes in: rows of the layer's input shape. */
  readonly input: string
  /** Values of one of the layer's tensors by its own name ("kernel"), which the layer has. */
  valuesOf(tensor: string): Float32Array
}

/** Puts a layer's tensor into the graph as it is. */
export function plainWeights({ graph, layer, valuesOf }: LayerInput, tensor: string): string {
  // Only asked for tensors that layerShape gives the class.
  const shape = layer.tensors.find(({ name }) => name === tensor)?.shape ?? []
  return graph.weights(`${layer.name}/${tensor}`, shape, valuesOf(tensor))
}

/** Name of the layer's bias in the graph; none where it has none. */
export function biasOf(layer: LayerInput): readonly string[] {
  const hasBias = layer.layer.tensors.some(({ name }) => name === 'bias')
  return hasBias ? [plainWeights(layer, 'bias')] : []
}
