import type { PlanOf } from '../../models/layer-plan.ts'
import { addActivation } from './add-activation.ts'
import { addConvolution } from './add-convolution.ts'
import { addGlobalPooling, addPooling } from './add-pooling.ts'
import { addRecurrent } from './add-recurrent.ts'
import { ELEMENT_TYPES } from './element-types.ts'
import { biasOf, type LayerInput, plainWeights } from './layer-input.ts'

/** As in TensorFlow.js. */
const EPSILON = 1e-3

/** Adds what a layer computes when it predicts, and returns the name of its output: rows of the layer's output shape. */
export function addLayer(added: LayerInput): string {
  const { graph, layer, input } = added
  const { spec } = layer
  switch (spec.className) {
    case 'Dropout':
      return input
    case 'Flatten':
    case 'Reshape':
      // 0: as many rows as there are.
      return graph.add('Reshape', [input, graph.integers([0, ...layer.output])])
    case 'Dense':
      return addDense({ ...added, layer: { ...layer, spec } })
    case 'LayerNormalization':
      return addNormalization({ ...added, layer: { ...layer, spec } })
    case 'Conv1D':
    case 'Conv2D':
    case 'DepthwiseConv2D':
      return addConvolution({ ...added, layer: { ...layer, spec } })
    case 'MaxPooling1D':
    case 'AveragePooling1D':
    case 'MaxPooling2D':
    case 'AveragePooling2D':
      return addPooling({ ...added, layer: { ...layer, spec } })
    case 'GlobalAveragePooling1D':
    case 'GlobalMaxPooling1D':
    case 'GlobalAveragePooling2D':
    case 'GlobalMaxPooling2D':
      return addGlobalPooling({ ...added, layer: { ...layer, spec } })
    case 'LSTM':
    case 'GRU':
      return addRecurrent({ ...added, layer: { ...layer, spec } })
    case 'Embedding':
      return addEmbedding({ ...added, layer: { ...layer, spec } })
  }
}

function addDense(dense: LayerInput<PlanOf<'Dense'>>): string {
  const { graph, layer, input } = dense
  const { activation = 'linear' } = layer.spec.config
  const sums = graph.add('Gemm', [input, plainWeights(dense, 'kernel'), ...biasOf(dense)])
  return addActivation(graph, activation, sums)
}

function addNormalization(normalization: LayerInput<PlanOf<'LayerNormalization'>>): string {
  const { graph, layer, input } = normalization
  const { epsilon = EPSILON } = layer.spec.config
  const weights = [plainWeights(normalization, 'gamma'), plainWeights(normalization, 'beta')]
  const attributes = { axis: -1, epsilon: { float: epsilon } }
  return graph.add('LayerNormalization', [input, ...weights], attributes)
}

/** Token ids come as floats, as all inputs do. */
function addEmbedding(embedding: LayerInput<PlanOf<'Embedding'>>): string {
  const { graph, input } = embedding
  const ids = graph.add('Cast', [input], { to: ELEMENT_TYPES.int64 })
  return graph.add('Gather', [plainWeights(embedding, 'embeddings'), ids])
}
