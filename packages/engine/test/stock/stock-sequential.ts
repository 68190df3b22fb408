import type { Activation, LayerSpec, ModelSpec } from '@fednode/protocol'
import * as layers from '@tensorflow/tfjs-layers'

/** What TensorFlow.js calls activations where it has another name for them. */
const ACTIVATIONS: Partial<Record<Activation, string>> = { gelu: 'gelu_new' }

type Make = (config: Record<string, unknown>) => layers.layers.Layer

/** A model as users of TensorFlow.js build it, with weights of its own. */
export function stockSequential({ topology, featureShape }: ModelSpec): layers.Sequential {
  const stock = layers.sequential()
  for (const layer of topology.layers) {
    const input = stock.layers.length === 0 ? { inputShape: [...featureShape] } : {}
    stock.add(makerOf(layer)({ ...configOf(layer), ...input }))
  }
  return stock
}

function configOf({ className, config }: LayerSpec): Record<string, unknown> {
  const activation = 'activation' in config && config.activation
  return {
    ...config,
    ...(activation && { activation: ACTIVATIONS[activation] ?? activation }),
    ...((className === 'LSTM' || className === 'GRU') && {
      recurrentActivation: 'sigmoid',
      // The one that it takes by itself needs operations that only the whole tfjs package adds.
      recurrentInitializer: 'zeros',
    }),
  }
}

/** "globalAveragePooling1d" makes a GlobalAveragePooling1D. */
function makerOf({ className }: LayerSpec): Make {
  const name = /^[A-Z]+$/.test(className)
    ? className.toLowerCase()
    : `${className[0]?.toLowerCase()}${className.slice(1).replace(/D$/, 'd')}`
  // Every class of ours has a factory there.
  return (layers.layers as unknown as Record<string, Make>)[name] as Make
}
