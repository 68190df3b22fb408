import { z } from 'zod'
import { integer } from '../integer-field.ts'
import { MAX_FEATURES, MAX_LAYER_UNITS, MAX_MODEL_LAYERS } from '../limits.ts'
import { list, mapOf, positive, real, word } from './fields.ts'
import type { LayerConfigs, LayerName, LayerSpec, ModelTopology } from './topology-types.ts'

const MAX_KERNEL = 1_000
const MAX_VOCABULARY = 10_000_000
const MAX_RANK = 4
/** At 1 nothing would pass. */
const MAX_DROPOUT = 0.95

const yesOrNo = z.boolean({ error: 'true or false' }).exactOptional()
const units = integer(1, MAX_LAYER_UNITS)
const kernel = {
  activation: word([
    'linear',
    'relu',
    'tanh',
    'sigmoid',
    'elu',
    'softplus',
    'gelu',
    'softmax',
  ]).exactOptional(),
  useBias: yesOrNo,
}
const sliding = {
  kernelSize: integer(1, MAX_KERNEL),
  strides: integer(1, MAX_KERNEL).exactOptional(),
  padding: word(['valid', 'same']).exactOptional(),
}
const nothing = mapOf({})
const pool = mapOf({ poolSize: integer(1, MAX_KERNEL) })
const recurrent = mapOf({ units, returnSequences: yesOrNo })

type Configs = { readonly [Name in LayerName]: z.ZodType<LayerConfigs[Name]> }

// The allow-list: a class that is not here, or a key that its config does not have, is refused (T20).
const CONFIGS: Configs = {
  Dense: mapOf({ units, ...kernel }),
  Flatten: nothing,
  Reshape: mapOf({ targetShape: list(integer(1, MAX_FEATURES), 1, MAX_RANK) }),
  Dropout: mapOf({ rate: real(0, MAX_DROPOUT) }),
  LayerNormalization: mapOf({ epsilon: positive(1).exactOptional() }),
  Conv2D: mapOf({ filters: units, ...sliding, ...kernel }),
  DepthwiseConv2D: mapOf({
    ...sliding,
    depthMultiplier: integer(1, MAX_KERNEL).exactOptional(),
    ...kernel,
  }),
  Conv1D: mapOf({ filters: units, ...sliding, ...kernel }),
  MaxPooling2D: pool,
  AveragePooling2D: pool,
  MaxPooling1D: pool,
  AveragePooling1D: pool,
  GlobalAveragePooling1D: nothing,
  GlobalMaxPooling1D: nothing,
  GlobalAveragePooling2D: nothing,
  GlobalMaxPooling2D: nothing,
  LSTM: recurrent,
  GRU: recurrent,
  Embedding: mapOf({ inputDim: integer(2, MAX_VOCABULARY), outputDim: units, maskZero: yesOrNo }),
}

const names = Object.keys(CONFIGS) as readonly LayerName[]

const layers = names.map((className) =>
  mapOf({ className: z.literal(className), config: CONFIGS[className] }),
)

// One option per class of LayerSpec, which the type of a mapped list does not say.
const layer = z.discriminatedUnion('className', layers as never, {
  error: `one of ${names.map((name) => `"${name}"`).join(', ')}`,
}) as unknown as z.ZodType<LayerSpec>

/** Schema of the `model` section: which layers there are. What they amount to is checked by checkTopology. */
export const topologySchema: z.ZodType<ModelTopology> = mapOf({
  className: word(['Sequential']),
  layers: list(layer, 1, MAX_MODEL_LAYERS),
})
