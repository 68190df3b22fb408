import { z } from 'zod'
import { type Cid, isCid } from '../ids.ts'
import { integer } from '../integer-field.ts'
import { MAX_CLASSES, MAX_LAYER_UNITS, MAX_MODEL_LAYERS } from '../limits.ts'
import { chosen, line, list, mapOf, positive, real, word } from './fields.ts'
import type { RateSchedule, TrainingPlan } from './training-types.ts'

const MAX_RATE = 10
const MAX_BATCH = 1_000_000
const MAX_EPOCHS = 1_000
const MAX_STEPS = 1_000_000
const MAX_NORM = 1e9
const MAX_CLASS_WEIGHT = 1e6
const MAX_MOMENTUM = 0.9999
const MAX_EARLY_SHARE = 0.5
const MAX_ALPHA = 1e6
const MAX_LAYER_NAME = 64

const layers = list(line(1, MAX_LAYER_NAME), 1, MAX_MODEL_LAYERS)

const step = mapOf({
  kind: word(['step']),
  rounds: integer(1, MAX_EPOCHS),
  factor: positive(1),
})
const cosine = mapOf({ kind: word(['cosine']), least: real(0, 1) })
const schedule = chosen<RateSchedule>((value) => ('least' in value ? cosine : step))

const classWeights = chosen<readonly number[] | 'balanced'>((value) =>
  Array.isArray(value) ? list(positive(MAX_CLASS_WEIGHT), 2, MAX_CLASSES) : word(['balanced']),
)

/** Schema of the `training` section; what its keys must be to each other is checked by trainingRules. */
export const trainingSchema: z.ZodType<TrainingPlan> = mapOf({
  optimizer: word(['sgd', 'adam', 'adamw', 'rmsprop']),
  learningRate: positive(MAX_RATE),
  schedule: schedule.exactOptional(),
  momentum: real(0, MAX_MOMENTUM).exactOptional(),
  weightDecay: real(0, 1).exactOptional(),
  batchSize: integer(1, MAX_BATCH),
  epochs: integer(1, MAX_EPOCHS).exactOptional(),
  steps: integer(1, MAX_STEPS).exactOptional(),
  clipNorm: positive(MAX_NORM).exactOptional(),
  loss: word(['mse', 'mae', 'huber']).exactOptional(),
  classWeights: classWeights.exactOptional(),
  earlyStop: mapOf({
    share: positive(MAX_EARLY_SHARE),
    patience: integer(1, MAX_EPOCHS),
  }).exactOptional(),
  start: z.custom<Cid>(isCid, { error: 'a CID' }).exactOptional(),
  freeze: layers.exactOptional(),
  adapters: mapOf({
    rank: integer(1, MAX_LAYER_UNITS),
    alpha: positive(MAX_ALPHA).exactOptional(),
    layers: layers.exactOptional(),
  }).exactOptional(),
  personal: layers.exactOptional(),
})
