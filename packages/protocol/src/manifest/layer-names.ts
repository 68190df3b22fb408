import type { LayerSpec, ModelTopology } from './topology-types.ts'

/** Names of a model's layers, in their order, as TensorFlow.js counts them: "dense_1", "conv2d_2". */
export function layerNames({ layers }: ModelTopology): readonly string[] {
  const counts = new Map<string, number>()
  return layers.map(({ className }) => {
    const index = (counts.get(className) ?? 0) + 1
    counts.set(className, index)
    return `${snakeCase(className)}_${index}`
  })
}

/** "depthwise_conv2d", as TensorFlow.js spells class names in names of layers. */
function snakeCase(className: LayerSpec['className']): string {
  return className
    .replace(/(.)([A-Z][a-z0-9]+)/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
}
