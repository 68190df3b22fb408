import type { Activation, LayerSpec } from '@fednode/protocol'
import { EngineError } from '../errors.ts'
import { wholeModel } from '../models/full-weights.ts'
import type { LayerPlan } from '../models/layer-plan.ts'
import { planModel } from '../models/model-plan.ts'
import { effectiveValues } from './effective-values.ts'
import type { ExportedModel } from './exported-model.ts'

/** Name of the weights' file, which has to lie beside model.json. */
export const TFJS_WEIGHTS_FILE = 'weights.bin'

/** A model as `tf.loadLayersModel` reads it. */
export type TfjsModel = {
  /** Content of model.json. */
  readonly json: string
  /** Content of TFJS_WEIGHTS_FILE: float32, little-endian, tensors in the order of the layers. */
  readonly weights: Uint8Array
}

type Json = Readonly<Record<string, unknown>>

/** Weights follow; the default of recurrent kernels takes time that grows with the cube of the units. */
const ZEROS = { class_name: 'Zeros', config: {} }
const GENERATOR = 'fednode'

/**
 * A model in the layers format of TensorFlow.js (https://github.com/tensorflow/tfjs, tfjs-layers `LayersModel.save`). Its input is a row
 * as the federation's data describes it, encoded and scaled; its output are probabilities, or what a regression learns, scaled.
 * @throws {EngineError} SHAPE_MISMATCH when the weights are not of the model; UNSUPPORTED_MODEL, also with gelu.
 */
export function tfjsModel({ model, weights, notes }: ExportedModel): TfjsModel {
  const plan = planModel(model)
  const { specs, values } = wholeModel(plan, weights)
  const { layers } = plan
  const topology = {
    class_name: 'Sequential',
    config: { name: 'federated', layers: layers.map(layerJson) },
    keras_version: 'tfjs-layers 4.22.0',
    backend: 'tensor_flow.js',
  }
  const manifest = specs.map(({ name, shape }) => ({ name, shape, dtype: 'float32' }))
  const document = {
    format: 'layers-model',
    generatedBy: GENERATOR,
    convertedBy: null,
    modelTopology: topology,
    weightsManifest: [{ paths: [TFJS_WEIGHTS_FILE], weights: manifest }],
    userDefinedMetadata: notes,
  }
  return {
    json: `${JSON.stringify(document, null, 2)}\n`,
    weights: bytesOf(layers, values),
  }
}

function bytesOf(layers: readonly LayerPlan[], values: Float32Array): Uint8Array {
  const all = values.slice()
  for (const layer of layers)
    for (const tensor of layer.tensors)
      all.set(effectiveValues(layer, tensor, values), tensor.offset)
  return new Uint8Array(all.buffer)
}

function layerJson({ name, spec, input }: LayerPlan, index: number): Json {
  const start = index === 0 ? { batch_input_shape: [null, ...input], dtype: 'float32' } : {}
  return {
    class_name: spec.className,
    config: { name, trainable: true, ...start, ...configOf(spec) },
  }
}

/** A layer's config as Keras spells it. */
function configOf(spec: LayerSpec): Json {
  switch (spec.className) {
    case 'LSTM':
    case 'GRU':
      return recurrentJson(spec)
    case 'Embedding':
      // The vector of token 0 is written as zeros: a mask would change later layers too.
      return { ...spelled(spec.config), mask_zero: false, embeddings_initializer: ZEROS }
    case 'LayerNormalization':
      return { ...spelled(spec.config), beta_initializer: ZEROS, gamma_initializer: ZEROS }
    case 'MaxPooling1D':
    case 'AveragePooling1D':
    case 'MaxPooling2D':
    case 'AveragePooling2D':
      return { ...spelled(spec.config), strides: spec.config.poolSize, padding: 'valid' }
    case 'Dense':
    case 'Conv1D':
    case 'Conv2D':
    case 'DepthwiseConv2D':
      return kernelJson(spec.config)
    default:
      return spelled(spec.config)
  }
}

function kernelJson(config: { readonly activation?: Activation }): Json {
  const { activation = 'linear' } = config
  if (activation === 'gelu') throw withoutGelu()
  return {
    ...spelled(config),
    activation,
    kernel_initializer: ZEROS,
    bias_initializer: ZEROS,
  }
}

function recurrentJson({
  config,
  className,
}: Extract<LayerSpec, { className: 'LSTM' | 'GRU' }>): Json {
  return {
    ...spelled(config),
    activation: 'tanh',
    recurrent_activation: 'sigmoid',
    use_bias: true,
    kernel_initializer: ZEROS,
    recurrent_initializer: ZEROS,
    bias_initializer: ZEROS,
    ...(className === 'GRU' ? { reset_after: false } : { unit_forget_bias: false }),
  }
}

/** The tanh form is "gelu_new" there, and loadLayersModel takes the underscore out of every text before it looks the name up. */
function withoutGelu(): EngineError {
  const reason =
    'TensorFlow.js cannot read the activation gelu from a file: export onnx or safetensors'
  return new EngineError(reason, { code: 'UNSUPPORTED_MODEL', reason })
}

/** "kernelSize" as "kernel_size". */
function spelled(config: object): Json {
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => [
      key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      value,
    ]),
  )
}
