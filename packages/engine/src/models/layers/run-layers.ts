import * as tf from '@tensorflow/tfjs-core'
import type { LayerPlan } from '../layer-plan.ts'
import { runConv1d, runConv2d, runDepthwiseConv2d } from './convolution.ts'
import { runDense } from './dense.ts'
import { runEmbedding } from './embedding.ts'
import { runLayerNormalization } from './layer-normalization.ts'
import type { LayerTensors } from './layer-tensors.ts'
import { runGlobalPooling, runPooling } from './pooling.ts'
import { runGru, runLstm } from './recurrent.ts'

/** A model's weights on a back end, and what its Dropout layers let through. */
export type LayerState = {
  /** One per planned tensor, in order. */
  readonly tensors: readonly tf.Tensor[]
  /** In training: one factor per input of every Dropout layer, in order of the layers. Absent: everything passes as it is. */
  readonly masks?: readonly tf.Tensor[]
}

/** Output of layers for rows [rows, ...input shape]; of a classifier its logits. Differentiable in `tensors`. */
export function runLayers(
  layers: readonly LayerPlan[],
  { tensors, masks = [] }: LayerState,
  rows: tf.Tensor,
): tf.Tensor {
  let values = rows
  let used = 0
  let dropouts = 0
  for (const layer of layers) {
    const own = new Map(layer.tensors.map(({ name }, i) => [name, tensors[used + i] as tf.Tensor]))
    used += own.size
    const mask = layer.spec.className === 'Dropout' ? masks[dropouts++] : undefined
    values = mask === undefined ? runLayer(layer, own, values) : tf.mul(values, mask)
  }
  return values
}

// Ranks follow from layerShape: every layer gets rows of the rank that it takes.
function runLayer(layer: LayerPlan, tensors: LayerTensors, values: tf.Tensor): tf.Tensor {
  const { spec } = layer
  switch (spec.className) {
    case 'Dropout':
      return values
    case 'Flatten':
    case 'Reshape':
      return tf.reshape(values, [values.shape[0] as number, ...layer.output])
    case 'Dense':
      return runDense({ ...layer, spec }, tensors, values as tf.Tensor2D)
    case 'LayerNormalization':
      return runLayerNormalization({ ...layer, spec }, tensors, values)
    case 'Conv2D':
      return runConv2d({ ...layer, spec }, tensors, values as tf.Tensor4D)
    case 'Conv1D':
      return runConv1d({ ...layer, spec }, tensors, values as tf.Tensor3D)
    case 'DepthwiseConv2D':
      return runDepthwiseConv2d({ ...layer, spec }, tensors, values as tf.Tensor4D)
    case 'MaxPooling1D':
    case 'AveragePooling1D':
    case 'MaxPooling2D':
    case 'AveragePooling2D':
      return runPooling({ ...layer, spec }, values)
    case 'GlobalAveragePooling1D':
    case 'GlobalMaxPooling1D':
    case 'GlobalAveragePooling2D':
    case 'GlobalMaxPooling2D':
      return runGlobalPooling({ ...layer, spec }, values)
    case 'LSTM':
      return runLstm({ ...layer, spec }, tensors, values as tf.Tensor3D)
    case 'GRU':
      return runGru({ ...layer, spec }, tensors, values as tf.Tensor3D)
    case 'Embedding':
      return runEmbedding({ ...layer, spec }, tensors, values)
  }
}
