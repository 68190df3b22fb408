import { z } from 'zod'
import { integer } from '../integer-field.ts'
import { MAX_LAYER_UNITS, MAX_MODEL_LAYERS } from '../limits.ts'
import { list, mapOf, word } from './fields.ts'
import type { ModelTopology } from './topology-types.ts'

const dense = mapOf({
  className: z.literal('Dense'),
  config: mapOf({
    units: integer(1, MAX_LAYER_UNITS),
    activation: word(['linear', 'relu', 'tanh', 'sigmoid', 'softmax']).exactOptional(),
    useBias: z.boolean({ error: 'true or false' }).exactOptional(),
  }),
})

const flatten = mapOf({ className: z.literal('Flatten'), config: mapOf({}) })

// The allow-list: a class that is not here, or a key that its config does not have, is refused (T20).
const layer = z.discriminatedUnion('className', [dense, flatten], {
  error: 'one of "Dense", "Flatten"',
})

/** Schema of the `model` section: which layers there are. What they amount to is checked by checkTopology. */
export const topologySchema: z.ZodType<ModelTopology> = mapOf({
  className: word(['Sequential']),
  layers: list(layer, 1, MAX_MODEL_LAYERS),
})
